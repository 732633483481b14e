namespace Akashi.Recordings;

/// <summary>How reading an entry ended.</summary>
public enum TimingFault
{
    /// <summary>It was read.</summary>
    None,

    /// <summary>No further entry: the end, a last line that was cut off, or a type that isn't known.</summary>
    End,

    /// <summary>A line that no entry begins with.</summary>
    Malformed,
}

/// <summary>Reads a timing file of script(1), in either format, as scriptreplay of util-linux 2.38.1 does.</summary>
/// <remarks>
/// The first byte tells the format: a digit for classic. The fraction of a delay is a number of microseconds, not a decimal fraction: <c>0.5</c> is 5
/// microseconds; up to six characters of it are read. A last line without its line feed is no entry of bytes; a signal or header needs
/// the beginning of a value then, and one that can't be read ends the file. The lines are given in <see cref="TimingWriter"/>.
/// </remarks>
public sealed class TimingReader
{
    const int NameLengthMax = 128;
    const int ValueLengthMax = 1 << 16;
    const int MicrosecondsPerSecond = 1_000_000;
    const int FractionWidth = 6;

    readonly TimingScanner _scanner;

    /// <summary>Begins to read.</summary>
    /// <param name="stream">The file's bytes; stays the caller's.</param>
    /// <param name="classicKind">What the entries of a classic file are of: input or output.</param>
    public TimingReader(Stream stream, TimingKind classicKind = TimingKind.Output)
    {
        _scanner = new TimingScanner(stream);
        ClassicKind = classicKind;
        Format = _scanner.Peek() is >= '0' and <= '9' ? TimingFormat.Classic : TimingFormat.Advanced;
        IsEmpty = _scanner.IsAtEnd;
    }

    /// <summary>The format.</summary>
    public TimingFormat Format { get; }

    /// <summary>What the entries of a classic file are of.</summary>
    public TimingKind ClassicKind { get; }

    /// <summary>Whether the file holds no byte.</summary>
    public bool IsEmpty { get; }

    /// <summary>The line of the last entry, from 1; blank lines aren't counted.</summary>
    public int LineNumber { get; private set; }

    /// <summary>Whether the end of the file was reached: what was read last was the end, or a line that was cut off.</summary>
    public bool IsAtEnd => _scanner.IsAtEnd;

    /// <summary>Where the next entry begins, or blanks before it.</summary>
    public long Offset => _scanner.Offset;

    /// <summary>Goes on elsewhere.</summary>
    /// <param name="offset">An <see cref="Offset"/> of this file, which can be sought.</param>
    public void Seek(long offset) => _scanner.Seek(offset);

    /// <summary>Passes over what is left of a line, as after a fault.</summary>
    public void SkipLine()
    {
        while (_scanner.Take() is >= 0 and not '\n')
        {
        }
    }

    /// <summary>Reads the next entry; never throws for what the file holds.</summary>
    public TimingFault TryRead(out TimingEntry entry)
    {
        entry = default;
        TimingKind kind = ClassicKind;
        if (Format == TimingFormat.Advanced)
        {
            _scanner.SkipBlanks();
            int type = _scanner.Take();
            if (type is not ('I' or 'O' or 'S' or 'H'))
                return TimingFault.End;
            kind = (TimingKind)type;
        }

        TimingFault fault = kind is TimingKind.Input or TimingKind.Output ? ReadBytes(kind, out entry) : ReadNamed(kind, out entry);
        if (fault == TimingFault.None)
            LineNumber++;
        return fault;
    }

    TimingFault ReadBytes(TimingKind kind, out TimingEntry entry)
    {
        entry = default;
        ulong size = 0;
        bool isNegative = false;
        bool isRead = TryTakeDelay(out long delay) && _scanner.TryTakeNumber(int.MaxValue, out size, out isNegative);
        if (isRead && _scanner.TryTake((byte)'\n'))
        {
            // A negative size is the huge one that C makes of it.
            entry = new(kind, delay, isNegative ? 0 - size : size, [], []);
            return TimingFault.None;
        }

        if (isRead && _scanner.Take() >= 0)
            _scanner.SkipBlanks();
        return _scanner.IsAtEnd ? TimingFault.End : TimingFault.Malformed;
    }

    TimingFault ReadNamed(TimingKind kind, out TimingEntry entry)
    {
        entry = default;
        if (!TryTakeDelay(out long delay))
            return TimingFault.End;
        _scanner.SkipBlanks();
        byte[] name = TakeText(NameLengthMax, endsAtBlank: true);
        byte[] value = TakeText(ValueLengthMax, endsAtBlank: false);
        while (_scanner.Peek() is >= 0 and not '\n')
            _scanner.Take();
        if (!_scanner.TryTake((byte)'\n') && value.Length == 0)
            return TimingFault.End;
        entry = new(kind, delay, 0, name, value);
        return TimingFault.None;
    }

    bool TryTakeDelay(out long microseconds)
    {
        microseconds = 0;
        if (!_scanner.TryTakeNumber(int.MaxValue, out ulong seconds, out bool isBefore)
            || !_scanner.TryTake((byte)'.')
            || !_scanner.TryTakeNumber(FractionWidth, out ulong fraction, out bool isLess))
            return false;
        long whole = (long)Math.Min(seconds, long.MaxValue / MicrosecondsPerSecond - 1) * MicrosecondsPerSecond;
        microseconds = (isBefore ? -whole : whole) + (isLess ? -(long)fraction : (long)fraction);
        return true;
    }

    byte[] TakeText(int lengthMax, bool endsAtBlank)
    {
        var text = new List<byte>();
        while (text.Count < lengthMax && _scanner.Peek() is >= 0 and not '\n' and int next)
        {
            if (endsAtBlank && (next == ' ' || next is >= '\t' and <= '\r'))
                break;
            text.Add((byte)_scanner.Take());
        }

        return [.. text];
    }
}
