using Akashi.Host;

namespace Akashi.Daemon.Origins;

/// <summary>How sure a text of a process is for a moment.</summary>
enum TextCertainty
{
    /// <summary>Nothing is known of that moment.</summary>
    Absent,

    /// <summary>It was read only later, and may have changed between.</summary>
    Late,

    /// <summary>It was read right then, or stood before and after.</summary>
    Sure,
}

/// <summary>A file of one process in /proc that is looked at again and again: what it says, and from when on it's known to.</summary>
/// <remarks>Times are milliseconds since the epoch. Not for several threads.</remarks>
/// <param name="file">The file; owned.</param>
sealed class WatchedText(IProcessFile file) : IDisposable
{
    // What a record takes to get here when nothing holds it up is less: 4 ms in the socket, 10 in the group, 10 of the kernel's coarse clock.
    const int LateAfterMilliseconds = 100;

    byte[] _text = [];
    long _sureFrom;
    long _seen = long.MinValue;
    bool _isGone;

    /// <summary>What it said when it was read last.</summary>
    public ReadOnlySpan<byte> Text => _text;

    /// <summary>Counts readings that found another text.</summary>
    public int Changes { get; private set; }

    /// <summary>Reads it anew, for something that happened.</summary>
    /// <param name="happened">When that was.</param>
    /// <param name="now">When this is.</param>
    /// <param name="buffer">Room for the text; what doesn't fit is not looked at.</param>
    public TextCertainty Look(long happened, long now, Span<byte> buffer)
    {
        int length = _isGone ? -1 : file.Read(buffer);
        _isGone = length < 0;
        if (!_isGone)
            Take(buffer[..length], now);
        // Once it has ended, what happened after the last look may be another's, who got its number.
        if (happened > _seen)
            return TextCertainty.Absent;
        return happened >= _sureFrom ? TextCertainty.Sure : TextCertainty.Late;
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    // A text that replaces another did so at a moment that nobody knows, since the look before.
    void Take(ReadOnlySpan<byte> text, long now)
    {
        bool isFirst = _seen == long.MinValue;
        _seen = Math.Max(_seen, now);
        if (!isFirst && text.SequenceEqual(_text))
            return;
        _text = text.ToArray();
        _sureFrom = isFirst ? now - LateAfterMilliseconds : now;
        Changes++;
    }
}
