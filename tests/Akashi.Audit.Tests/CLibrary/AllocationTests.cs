using Akashi.LibAudit;
using Akashi.Testing;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Audit.Tests.CLibrary;

using Logging = Akashi.LibAudit.Logging;

/// <summary>What a forked child may call allocates nothing that the runtime manages: it has no thread that would collect it.</summary>
public unsafe class AllocationTests
{
    [Fact]
    public void Logging_and_control_allocate_nothing()
    {
        // No socket: each request is refused when it's sent, behind all look-ups.
        using SafeFileHandle file = File.OpenHandle("/dev/null");
        int fd = (int)file.DangerousGetHandle();

        Allocation.IsZero(() =>
        {
            for (int count = 0; count < 1000; count++)
            {
                Log(fd);
                Control(fd);
            }
        });
    }

    static void Log(int fd)
    {
        byte* final = stackalloc byte[16];
        fixed (byte* text = "a b\0"u8, host = "localhost\0"u8, address = "1.1.1.1\0"u8, terminal = "pts/1\0"u8)
        {
            int own = ((delegate* unmanaged<int>)&Logging.Open)();
            ((delegate* unmanaged<int, void>)&Logging.Close)(own);
            Answers(-88, ((delegate* unmanaged<int, int, byte*, byte*, byte*, byte*, int, int>)&Logging.UserMessage)(fd, 1120, text, null, null, null, 1));
            ((delegate* unmanaged<int, int, byte*, byte*, byte*, byte*, int, int>)&Logging.UserMessage)(fd, 1120, text, host, address, terminal, 1);
            ((delegate* unmanaged<int, int, byte*, byte*, byte*, byte*, byte*, int, int>)&Logging.UserCommMessage)(fd, 1120, text, null, null, null, terminal, 1);
            ((delegate* unmanaged<int, int, byte*, byte*, byte*, uint, byte*, byte*, byte*, int, int>)&Logging.AcctMessage)(
                fd, 1114, text, text, text, uint.MaxValue, host, address, terminal, 1);
            ((delegate* unmanaged<int, int, byte*, byte*, byte*, byte*, uint, int>)&Logging.UserAvcMessage)(fd, 1107, text, host, address, terminal, 0);
            ((delegate* unmanaged<int, int, byte*, byte*, byte*, uint, byte*, byte*, byte*, byte*, byte*, byte*, byte*, byte*, byte*, int, int>)&Logging.SemanageMessage)(
                fd, 2301, null, text, text, 1, null, null, null, null, null, null, host, address, terminal, 1);
            ((delegate* unmanaged<int, int, byte*, byte*, int, int>)&Logging.UserCommand)(fd, 1123, text, null, 1);
            Answers(1, ((delegate* unmanaged<byte*, uint, int>)&Logging.ValueNeedsEncoding)(text, 3));
            ((delegate* unmanaged<byte*, byte*, uint, byte*>)&Logging.EncodeValue)(final, text, 3);
        }
    }

    static void Control(int fd)
    {
        byte* reply = stackalloc byte[9016];
        Answers(-88, ((delegate* unmanaged<int, int>)&LibAudit.Control.RequestStatus)(fd));
        Answers(-1, ((delegate* unmanaged<int, int>)&LibAudit.Control.IsEnabled)(fd));
        ((delegate* unmanaged<int, uint, int>)&LibAudit.Control.SetEnabled)(fd, 1);
        ((delegate* unmanaged<int, uint, uint, uint, int>)&LibAudit.Control.SetFeature)(fd, 1, 1, 1);
        Answers(-88, ((delegate* unmanaged<int, byte*, int, int, int>)&Replies.GetReply)(fd, reply, 1, 0));
        ((delegate* unmanaged<uint>)&Identity.GetLoginuid)();
        ((delegate* unmanaged<uint>)&Identity.GetSession)();
        ((delegate* unmanaged<int>)&Identity.CanWrite)();
        int action;
        ((delegate* unmanaged<int*, int>)&FailureAction.GetAuditfailAction)(&action);
    }

    // Assert.Equal allocates.
    static void Answers(int expected, int actual)
    {
        if (expected != actual)
            throw new InvalidOperationException($"{actual} instead of {expected}");
    }
}
