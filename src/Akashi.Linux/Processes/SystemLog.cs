using System.Runtime.InteropServices;
using System.Text;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Processes;

/// <summary>The system log under a name and a facility of one's own, syslog(3): one for a process, as the C library has it.</summary>
/// <remarks>A system log that doesn't read makes the caller wait. Not for several threads.</remarks>
public sealed unsafe class SystemLog : IDisposable
{
    readonly byte* _name;
    byte[] _text = new byte[16 * 1024];

    /// <summary>Opens it; the connection is made with the first line.</summary>
    /// <param name="name">What stands before each line.</param>
    /// <param name="facility">As in syslog(3): a multiple of 8.</param>
    public SystemLog(string name, int facility)
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(name), 0];
        _name = (byte*)NativeMemory.Alloc((nuint)bytes.Length);
        bytes.CopyTo(new Span<byte>(_name, bytes.Length));
        openlog(_name, 0, facility);
    }

    /// <summary>Writes a line.</summary>
    /// <param name="priority">0 (LOG_EMERG) to 7 (LOG_DEBUG).</param>
    /// <param name="text">The line, up to its first NUL.</param>
    public void Write(int priority, ReadOnlySpan<byte> text)
    {
        if (_text.Length <= text.Length)
            _text = new byte[text.Length * 2];
        text.CopyTo(_text);
        _text[text.Length] = 0;
        fixed (byte* format = "%s\0"u8)
        fixed (byte* start = _text)
            syslog(priority, format, start);
    }

    /// <summary>Gives the name back; nothing may be written any more.</summary>
    public void Dispose()
    {
        openlog(null, 0, 0);
        NativeMemory.Free(_name);
    }
}
