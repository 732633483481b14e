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

/// <summary>Keys of a terminal that hands over each at once; those typed fast, or repeated, come together and are taken one by one.</summary>
/// <param name="descriptor">The terminal.</param>
public sealed unsafe class TerminalKeys(int descriptor)
{
    const int LengthMax = 64;
    const byte Escape = 0x1B;

    readonly byte[] _typed = new byte[LengthMax];
    int _next;
    int _end;

    /// <summary>Waits for a key.</summary>
    /// <param name="milliseconds">How long; -1 for ever.</param>
    public TerminalKey Wait(int milliseconds)
    {
        if (_next == _end)
        {
            pollfd ready = new() { fd = descriptor, events = POLLIN };
            if (poll(&ready, 1, milliseconds) <= 0)
                return TerminalKey.None;
            fixed (byte* start = _typed)
            {
                nint count = read(descriptor, start, LengthMax);
                if (count == 0 || (count < 0 && Errno is not (EINTR or EAGAIN)))
                    return TerminalKey.End;
                (_next, _end) = (0, (int)Math.Max(count, 0));
            }
        }

        ReadOnlySpan<byte> keys = _typed.AsSpan(_next, _end - _next);
        int length = LengthOf(keys);
        _next += length;
        return keys[..length] switch
        {
            [(byte)' '] => TerminalKey.Space,
            [Escape, (byte)'[' or (byte)'O', (byte)'A'] => TerminalKey.Up,
            [Escape, (byte)'[' or (byte)'O', (byte)'B'] => TerminalKey.Down,
            [Escape, (byte)'[' or (byte)'O', (byte)'C'] => TerminalKey.Right,
            _ => TerminalKey.None,
        };
    }

    /// <summary>The bytes of the first key: one, or a control sequence to its final letter.</summary>
    /// <param name="keys">What was typed; may be empty.</param>
    public static int LengthOf(ReadOnlySpan<byte> keys)
    {
        if (keys.Length < 3 || keys[0] != Escape || keys[1] is not ((byte)'[' or (byte)'O'))
            return Math.Min(1, keys.Length);
        int final = keys[2..].IndexOfAnyInRange((byte)0x40, (byte)0x7E);
        return final < 0 ? keys.Length : final + 3;
    }
}
