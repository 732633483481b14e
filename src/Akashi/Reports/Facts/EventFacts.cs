using System.Buffers;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Reports.Facts;

/// <summary>What reports say of one event: numbers, and texts decoded.</summary>
/// <remarks>
/// One is used for all events in turn: what it holds is valid until the next <see cref="Clear"/>. Nothing is allocated but to grow. A later record overwrites what an
/// earlier one said, save where its reader says otherwise.
/// </remarks>
public sealed class EventFacts
{
    /// <summary>A login user that no record named; shown as it is.</summary>
    public const int NoUser = -2;

    const int TextBytesFirst = 1024;

    static readonly SearchValues<byte> s_hexDigits = SearchValues.Create("0123456789ABCDEFabcdef"u8);

    byte[] _text = new byte[TextBytesFirst];
    int _length;

    /// <summary>The type of the event's first record; 0 for a name that no table knows.</summary>
    public RecordType Type { get; internal set; }

    /// <summary>The stamp.</summary>
    public EventStamp Stamp { get; internal set; }

    /// <summary>Whether it could be done.</summary>
    public Outcome Outcome { get; internal set; }

    /// <summary>auid; -1 for unset, <see cref="NoUser"/> for none.</summary>
    public int LoginUser { get; internal set; }

    /// <summary>uid; -1 for none.</summary>
    public int User { get; internal set; }

    /// <summary>pid; null for none.</summary>
    public uint? Process { get; internal set; }

    /// <summary>ses; 4294967294 for none.</summary>
    public uint Session { get; internal set; }

    /// <summary>The system call's number; 0 for none.</summary>
    public int Syscall { get; internal set; }

    /// <summary>The machine whose number that is, as AUDIT_ARCH_* of linux/audit.h; 0 where no record says.</summary>
    public uint Arch { get; internal set; }

    public FactText Terminal { get; internal set; }

    public FactText HostName { get; internal set; }

    public FactText Executable { get; internal set; }

    public FactText Command { get; internal set; }

    public FactText Account { get; internal set; }

    /// <summary>The working directory, which relative names of files begin at.</summary>
    internal FactText Directory { get; set; }

    /// <summary>The files, in the order of the records.</summary>
    public List<FileFact> Files { get; } = [];

    /// <summary>The keys, in the order of the record.</summary>
    public List<FactText> Keys { get; } = [];

    /// <summary>The access decisions, in the order of the records.</summary>
    public List<AccessFact> Accesses { get; } = [];

    /// <summary>The bytes of a text; empty for none.</summary>
    public ReadOnlySpan<byte> this[FactText text] => text.Exists ? _text.AsSpan(text.Start, text.LengthAndOne - 1) : default;

    /// <summary>Forgets everything.</summary>
    internal void Clear()
    {
        _length = 0;
        Outcome = Outcome.Unset;
        LoginUser = NoUser;
        User = -1;
        Process = null;
        Session = uint.MaxValue - 1;
        Syscall = 0;
        Arch = 0;
        Terminal = HostName = Executable = Command = Account = Directory = default;
        Files.Clear();
        Keys.Clear();
        Accesses.Clear();
    }

    /// <summary>Keeps a text.</summary>
    internal FactText Keep(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Reserve(text.Length));
        return Take(text.Length);
    }

    /// <summary>Keeps a text behind another and a slash.</summary>
    internal FactText KeepBehind(FactText directory, FactText name)
    {
        Span<byte> both = Reserve(directory.LengthAndOne + name.LengthAndOne - 1);
        this[directory].CopyTo(both);
        both[directory.LengthAndOne - 1] = (byte)'/';
        this[name].CopyTo(both[directory.LengthAndOne..]);
        return Take(directory.LengthAndOne + name.LengthAndOne - 1);
    }

    /// <summary>Keeps a text that stands in hex: as many digits as there are; a lone last one is the high half. It ends at its first NUL, as C's do.</summary>
    internal FactText KeepDecoded(ReadOnlySpan<byte> word)
    {
        ReadOnlySpan<byte> digits = word[..CountDigits(word)];
        Span<byte> decoded = Reserve((digits.Length / 2) + 1);
        EncodedText.TryDecodeHex(digits[..(digits.Length & ~1)], decoded, out int length);
        if ((digits.Length & 1) != 0)
            decoded[length++] = HighHalf(digits[^1]);
        int end = decoded[..length].IndexOf((byte)0);
        return Take(end < 0 ? length : end);
    }

    /// <summary>How many hex digits a word begins with.</summary>
    internal static int CountDigits(ReadOnlySpan<byte> word)
    {
        int end = word.IndexOfAnyExcept(s_hexDigits);
        return end < 0 ? word.Length : end;
    }

    static byte HighHalf(byte digit) => (byte)((digit <= (byte)'9' ? digit - '0' : (digit | 0x20) - 'a' + 10) << 4);

    Span<byte> Reserve(int length)
    {
        if (_text.Length - _length < length)
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _length + length));
        return _text.AsSpan(_length);
    }

    FactText Take(int length)
    {
        var text = new FactText(_length, length + 1);
        _length += length;
        return text;
    }
}
