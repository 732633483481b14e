using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Terminals;

/// <summary>The terminal behind standard input, key by key and without echo, until it's disposed.</summary>
public sealed unsafe class RawKeyboard : IDisposable
{
    readonly TerminalMode _mode;

    RawKeyboard(TerminalMode mode) => _mode = mode;

    /// <summary>Makes it raw.</summary>
    /// <returns>Null where standard input is no terminal.</returns>
    public static RawKeyboard? TryOpen() => TerminalMode.TryMakeRaw(0) is { } mode ? new RawKeyboard(mode) : null;

    /// <summary>Waits for keys.</summary>
    /// <param name="keys">Receives their bytes.</param>
    /// <param name="timeout">How long at most.</param>
    /// <returns>How many; 0 where none came in time; -1 where the terminal is gone.</returns>
    public int Read(Span<byte> keys, TimeSpan timeout)
    {
        var waited = new pollfd { fd = 0, events = POLLIN };
        int milliseconds = (int)Math.Clamp(Math.Ceiling(timeout.TotalMilliseconds), 0, 60_000);
        if (poll(&waited, 1, milliseconds) <= 0)
            return 0;
        fixed (byte* start = keys)
        {
            nint count = read(0, start, (nuint)keys.Length);
            return count > 0 ? (int)count : Errno == EINTR && count < 0 ? 0 : -1;
        }
    }

    /// <summary>Puts the terminal back as it was; from any thread, and more than once.</summary>
    public void Dispose() => _mode.Dispose();
}
