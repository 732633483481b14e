using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Akashi.Linux.Interop;
using Akashi.Linux.UserRecords;
using Akashi.Records;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.LibAudit;

/// <summary>audit_logging.h: what sends user-space records. Nothing here allocates, so that a forked child of a host may log.</summary>
/// <remarks>
/// Each is described by its page of section 3 of the manual. An exported method has no buffer on its own stack: the first call of all starts the runtime, which
/// then makes up the value that guards such buffers, and the method would find it changed when it returns.
/// </remarks>
static unsafe class Logging
{
    // PATH_MAX: of a command the original keeps so much, one byte less where it's written in digits.
    const int CommandLengthMax = 4096;

    // Of a program's name, so much that it stands between quotes in a buffer of twice PATH_MAX.
    const int ProgramLengthMax = (2 * 4096) - 3;

    // What the original's buffer of an account's name keeps.
    const int AccountLengthMax = 32;

    [UnmanagedCallersOnly(EntryPoint = "audit_open")]
    internal static int Open() => PlainLibC.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_AUDIT);

    [UnmanagedCallersOnly(EntryPoint = "audit_close")]
    internal static void Close(int fd)
    {
        if (fd >= 0)
            _ = PlainLibC.close(fd);
    }

    [UnmanagedCallersOnly(EntryPoint = "audit_log_user_message")]
    internal static int UserMessage(int fd, int type, byte* message, byte* hostname, byte* addr, byte* tty, int result)
        => SendUserMessage(fd, type, message, hostname, addr, tty, result);

    [MethodImpl(MethodImplOptions.NoInlining), SkipLocalsInit]
    static int SendUserMessage(int fd, int type, byte* message, byte* hostname, byte* addr, byte* tty, int result)
    {
        var place = new LogPlace(stackalloc byte[LogPlace.LengthMax]);
        UserRecordSource source = place.Find(default, hostname, addr, tty, isHostLocal: true);
        var text = new UserRecordText(stackalloc byte[UserRecordText.BytesMax]);
        text.WriteMessage(CText.Printed(message), source, result != 0);
        return Requests.Send(fd, type, text, hidesRefusal: true);
    }

    [UnmanagedCallersOnly(EntryPoint = "audit_log_user_comm_message")]
    internal static int UserCommMessage(int fd, int type, byte* message, byte* comm, byte* hostname, byte* addr, byte* tty, int result)
        => SendUserCommMessage(fd, type, message, comm, hostname, addr, tty, result);

    [MethodImpl(MethodImplOptions.NoInlining), SkipLocalsInit]
    static int SendUserCommMessage(int fd, int type, byte* message, byte* comm, byte* hostname, byte* addr, byte* tty, int result)
    {
        var place = new LogPlace(stackalloc byte[LogPlace.LengthMax]);
        UserRecordSource source = place.Find(default, hostname, addr, tty, isHostLocal: true);
        Span<byte> own = stackalloc byte[64];
        ReadOnlySpan<byte> command = comm != null ? CText.Of(comm) : own[..OwnProcess.FindCommand(own)];
        var text = new UserRecordText(stackalloc byte[UserRecordText.BytesMax]);
        text.WriteScriptMessage(CText.Printed(message), command, source, result != 0);
        return Requests.Send(fd, type, text, hidesRefusal: true);
    }

    [UnmanagedCallersOnly(EntryPoint = "audit_log_acct_message")]
    internal static int AcctMessage(
        int fd, int type, byte* pgname, byte* op, byte* name, uint id, byte* host, byte* addr, byte* tty, int result)
        => SendAcctMessage(fd, type, pgname, op, name, id, host, addr, tty, result);

    [MethodImpl(MethodImplOptions.NoInlining), SkipLocalsInit]
    static int SendAcctMessage(
        int fd, int type, byte* pgname, byte* op, byte* name, uint id, byte* host, byte* addr, byte* tty, int result)
    {
        var place = new LogPlace(stackalloc byte[LogPlace.LengthMax]);
        Span<byte> quoted = stackalloc byte[UserRecordText.BytesMax];
        UserRecordSource source = place.Find(pgname == null ? default : Quote(CText.Of(pgname), quoted), host, addr, tty, isHostLocal: true);
        bool hasName = name != null && id == uint.MaxValue;
        var text = new UserRecordText(stackalloc byte[UserRecordText.BytesMax]);
        text.WriteAccount(CText.Printed(op), hasName, Cut(CText.Of(name), AccountLengthMax), id, source, result != 0);
        return Requests.Send(fd, type, text, hidesRefusal: false);
    }

    [UnmanagedCallersOnly(EntryPoint = "audit_log_user_avc_message")]
    internal static int UserAvcMessage(int fd, int type, byte* message, byte* hostname, byte* addr, byte* tty, uint uid)
        => SendUserAvcMessage(fd, type, message, hostname, addr, tty, uid);

    [MethodImpl(MethodImplOptions.NoInlining), SkipLocalsInit]
    static int SendUserAvcMessage(int fd, int type, byte* message, byte* hostname, byte* addr, byte* tty, uint uid)
    {
        var place = new LogPlace(stackalloc byte[LogPlace.LengthMax]);
        UserRecordSource source = place.Find(default, hostname, addr, tty, isHostLocal: false);
        var text = new UserRecordText(stackalloc byte[UserRecordText.BytesMax]);
        text.WriteDecision(CText.Printed(message), (int)uid, source);
        return Requests.Send(fd, type, text, hidesRefusal: true);
    }

    [UnmanagedCallersOnly(EntryPoint = "audit_log_semanage_message")]
    internal static int SemanageMessage(
        int fd, int type, byte* pgname, byte* op, byte* name, uint id, byte* newSeuser, byte* newRole, byte* newRange,
        byte* oldSeuser, byte* oldRole, byte* oldRange, byte* host, byte* addr, byte* tty, int result)
        => SendSemanageMessage(fd, type, pgname, op, name, id, newSeuser, newRole, newRange, oldSeuser, oldRole, oldRange, host, addr, tty, result);

    [MethodImpl(MethodImplOptions.NoInlining), SkipLocalsInit]
    static int SendSemanageMessage(
        int fd, int type, byte* pgname, byte* op, byte* name, uint id, byte* newSeuser, byte* newRole, byte* newRange,
        byte* oldSeuser, byte* oldRole, byte* oldRange, byte* host, byte* addr, byte* tty, int result)
    {
        var place = new LogPlace(stackalloc byte[LogPlace.LengthMax]);
        UserRecordSource source = place.Find(CText.Of(pgname), host, addr, tty, isHostLocal: false);
        var before = new UserRecordRole { SelinuxUser = CText.Of(oldSeuser), Role = CText.Of(oldRole), Range = CText.Of(oldRange) };
        var after = new UserRecordRole { SelinuxUser = CText.Of(newSeuser), Role = CText.Of(newRole), Range = CText.Of(newRange) };
        var text = new UserRecordText(stackalloc byte[UserRecordText.BytesMax]);
        text.WriteRoles(CText.Printed(op), Cut(CText.Of(name), AccountLengthMax), id, before, after, source, result != 0);
        return Requests.Send(fd, type, text, hidesRefusal: false);
    }

    [UnmanagedCallersOnly(EntryPoint = "audit_log_user_command")]
    internal static int UserCommand(int fd, int type, byte* command, byte* tty, int result)
        => SendUserCommand(fd, type, command, tty, result);

    [MethodImpl(MethodImplOptions.NoInlining), SkipLocalsInit]
    static int SendUserCommand(int fd, int type, byte* command, byte* tty, int result)
    {
        var place = new LogPlace(stackalloc byte[LogPlace.LengthMax]);
        UserRecordSource source = place.Find(default, null, null, tty, isHostLocal: false);
        Span<byte> directory = stackalloc byte[OwnProcess.TextLengthMax];
        directory = directory[..OwnProcess.FindDirectory(directory)];
        ReadOnlySpan<byte> line = CText.Printed(command).Trim((byte)' ');
        line = Cut(line, EncodedText.NeedsHex(line) ? CommandLengthMax - 1 : CommandLengthMax);
        var text = new UserRecordText(stackalloc byte[UserRecordText.BytesMax]);
        text.WriteCommand(directory, line, source, result != 0);
        return Requests.Send(fd, type, text, hidesRefusal: true);
    }

    [UnmanagedCallersOnly(EntryPoint = "audit_value_needs_encoding")]
    internal static int ValueNeedsEncoding(byte* str, uint size)
        => str != null && size <= int.MaxValue && EncodedText.NeedsHex(new ReadOnlySpan<byte>(str, (int)size)) ? 1 : 0;

    [UnmanagedCallersOnly(EntryPoint = "audit_encode_value")]
    internal static byte* EncodeValue(byte* final, byte* buf, uint size)
    {
        if (final == null)
            return null;
        *final = 0;
        if (buf == null || size > int.MaxValue / 2)
            return final;
        EncodedText.EncodeHex(new ReadOnlySpan<byte>(buf, (int)size), new Span<byte>(final, (int)size * 2));
        final[size * 2] = 0;
        return final;
    }

    [UnmanagedCallersOnly(EntryPoint = "audit_encode_nv_string")]
    internal static byte* EncodeNvString(byte* name, byte* value, uint vlen)
    {
        ReadOnlySpan<byte> bytes = value == null ? "?"u8 : vlen == 0 ? CText.Of(value) : new ReadOnlySpan<byte>(value, (int)Math.Min(vlen, int.MaxValue / 2));
        ReadOnlySpan<byte> field = CText.Printed(name);
        int length = field.Length + 1 + EncodedText.EncodedLength(bytes);
        byte* made = (byte*)PlainLibC.malloc((nuint)length + 1);
        if (made == null)
            return null;
        field.CopyTo(new Span<byte>(made, length));
        made[field.Length] = (byte)'=';
        EncodedText.Encode(bytes, new Span<byte>(made + field.Length + 1, length - field.Length - 1));
        made[length] = 0;
        return made;
    }

    static ReadOnlySpan<byte> Quote(ReadOnlySpan<byte> program, Span<byte> destination)
    {
        program = Cut(program, ProgramLengthMax);
        destination[0] = (byte)'"';
        program.CopyTo(destination[1..]);
        destination[program.Length + 1] = (byte)'"';
        return destination[..(program.Length + 2)];
    }

    static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> text, int lengthMax) => text[..Math.Min(text.Length, lengthMax)];
}
