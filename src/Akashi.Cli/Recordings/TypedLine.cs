using System.Text;

namespace Akashi.Cli.Recordings;

/// <summary>A line that is being typed, key by key: backspace takes a character, Return ends it, Escape and Ctrl-C give it up.</summary>
sealed class TypedLine
{
    readonly List<byte> _bytes = [];

    /// <summary>What it holds.</summary>
    public string Text => Encoding.UTF8.GetString([.. _bytes]);

    /// <summary>Whether it was ended by Return.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Takes a key.</summary>
    /// <param name="key">Its bytes.</param>
    /// <returns>Whether it was the last.</returns>
    public bool Take(ReadOnlySpan<byte> key)
    {
        switch (key[0])
        {
            case (byte)'\r' or (byte)'\n':
                return IsDone = true;
            case 0x1B or 0x03:
                return true;
            case 0x7F or 0x08:
                // A whole character: its first byte is the one that continues none.
                int last = _bytes.FindLastIndex(value => (value & 0xC0) != 0x80);
                _bytes.RemoveRange(Math.Max(0, last), _bytes.Count - Math.Max(0, last));
                return false;
            case >= (byte)' ':
                _bytes.AddRange(key);
                return false;
            default:
                return false;
        }
    }
}
