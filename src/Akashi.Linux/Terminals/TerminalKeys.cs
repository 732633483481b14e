using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Terminals;

/// <summary>A key that means something to a player.</summary>
public enum TerminalKey
{
    /// <summary>None, or another.</summary>
    None,
    Space,
    Up,
    Down,
    Right,

    /// <summary>No key will come any more.</summary>
    End,
}

/// <summary>Keys of a terminal that hands over each at once.</summary>
public static unsafe class TerminalKeys
{
    const int LengthMax = 8;

    /// <summary>Waits for a key.</summary>
    /// <param name="descriptor">The terminal.</param>
    /// <param name="milliseconds">How long; -1 for ever.</param>
    public static TerminalKey Wait(int descriptor, int milliseconds)
    {
        pollfd ready = new() { fd = descriptor, events = POLLIN };
        if (poll(&ready, 1, milliseconds) <= 0)
            return TerminalKey.None;
        byte* bytes = stackalloc byte[LengthMax];
        nint count = read(descriptor, bytes, LengthMax);
        if (count == 0 || (count < 0 && Errno is not (EINTR or EAGAIN)))
            return TerminalKey.End;
        return new ReadOnlySpan<byte>(bytes, (int)Math.Max(count, 0)) switch
        {
            [(byte)' '] => TerminalKey.Space,
            [0x1B, (byte)'[' or (byte)'O', (byte)'A'] => TerminalKey.Up,
            [0x1B, (byte)'[' or (byte)'O', (byte)'B'] => TerminalKey.Down,
            [0x1B, (byte)'[' or (byte)'O', (byte)'C'] => TerminalKey.Right,
            _ => TerminalKey.None,
        };
    }
}
