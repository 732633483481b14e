namespace Akashi.Recordings;

/// <summary>What happened in a recording: the standard codes of asciicast, and ours.</summary>
public enum RecordingEventKind : byte
{
    /// <summary>Bytes that the terminal was sent (<c>o</c>).</summary>
    Output = (byte)'o',

    /// <summary>Bytes that were typed (<c>i</c>).</summary>
    Input = (byte)'i',

    /// <summary>Another size, <c>80x24</c> (<c>r</c>).</summary>
    Resize = (byte)'r',

    /// <summary>A mark with a name (<c>m</c>).</summary>
    Marker = (byte)'m',

    /// <summary>The program ended with this exit status (<c>x</c>).</summary>
    Exit = (byte)'x',

    /// <summary>The exact bytes of the event before it, base64 (<c>b</c>); readers merge it.</summary>
    Exact = (byte)'b',

    /// <summary>Bytes that weren't recorded: <c>o 4096</c>, or with a <see cref="RecordingGapCause"/>, <c>o 4096 rate</c> (<c>g</c>).</summary>
    Gap = (byte)'g',

    /// <summary>Something was typed and is not told, nor how long it was (<c>w</c>).</summary>
    Withheld = (byte)'w',

    /// <summary>The running hash (<c>c</c>).</summary>
    Check = (byte)'c',

    /// <summary>The recorder ended in order: <c>o=BYTES i=BYTES</c> (<c>e</c>).</summary>
    End = (byte)'e',

    /// <summary>Another session was added to the file here: <c>UNIXSECONDS u=BYTES</c>, the bytes before it that no check proves (<c>n</c>).</summary>
    Session = (byte)'n',

    /// <summary>The recorder was gone, and another process ended the file: <c>UNIXSECONDS u=BYTES REASON</c>, the bytes before it that no check proves (<c>k</c>).</summary>
    Closed = (byte)'k',
}

/// <summary>Why bytes weren't recorded.</summary>
public enum RecordingGapCause
{
    /// <summary>The file couldn't be written.</summary>
    Disk,

    /// <summary>They came faster than the session's recording may grow (<c>rate</c>).</summary>
    Rate,

    /// <summary>The recording has all it may have (<c>size</c>).</summary>
    Size,
}

/// <summary>Something that happened in a recording.</summary>
/// <param name="microseconds">Since the beginning.</param>
/// <param name="kind">What; kinds that aren't known are passed over by readers.</param>
/// <param name="bytes">What is said of it: the exact bytes of output and input, else UTF-8. Valid until the next read.</param>
public readonly ref struct RecordingEvent(long microseconds, RecordingEventKind kind, ReadOnlySpan<byte> bytes)
{
    /// <summary>Since the beginning.</summary>
    public long Microseconds { get; } = microseconds;

    /// <summary>What happened.</summary>
    public RecordingEventKind Kind { get; } = kind;

    /// <summary>What is said of it; valid until the next read.</summary>
    public ReadOnlySpan<byte> Bytes { get; } = bytes;
}

/// <summary>What a recording says of itself.</summary>
public sealed record RecordingHeader
{
    /// <summary>Columns; 80 where they aren't known.</summary>
    public int ColumnCount { get; init; } = 80;

    /// <summary>Rows; 24 where they aren't known.</summary>
    public int RowCount { get; init; } = 24;

    /// <summary>The terminal's kind, such as <c>xterm-256color</c>; null where it isn't known.</summary>
    public string? TerminalType { get; init; }

    /// <summary>When it began, in seconds since 1970; null where it isn't known.</summary>
    public long? UnixSeconds { get; init; }

    /// <summary>The command that ran; null for a shell, or where it isn't known.</summary>
    public string? Command { get; init; }

    /// <summary>A title; null for none.</summary>
    public string? Title { get; init; }

    /// <summary>Players are to wait so many seconds at most where nothing happens; null for no limit.</summary>
    public double? IdleSeconds { get; init; }

    /// <summary>Variables of the environment it was recorded in, by name; writing only.</summary>
    public IReadOnlyList<(string Name, string Value)> Environment { get; init; } = [];

    /// <summary>Whose session it is, as the recorder found it (docs/recorder.md), by name; empty for what its own user recorded.</summary>
    public IReadOnlyList<(string Name, string Value)> Session { get; init; } = [];

    /// <summary>Whether it has the running hash of <c>akashi record</c>.</summary>
    public bool IsChained { get; init; }

    /// <summary>Where it was made from another recording: what that was, and what its running hash said; null where it was recorded, or no hash is there.</summary>
    public string? ConvertedFrom { get; init; }
}

/// <summary>Where a reader stands: enough to go on from there.</summary>
/// <param name="Offset">Bytes of the file, or the number of an event.</param>
/// <param name="Microseconds">Time until there.</param>
public readonly record struct RecordingPosition(long Offset, long Microseconds)
{
    /// <summary>Of the data beside a timing file.</summary>
    public long DataOffset { get; init; }

    /// <summary>Of the input beside a timing file.</summary>
    public long InputOffset { get; init; }

    /// <summary>Bytes of a record that was read in part.</summary>
    public long LeftBytes { get; init; }

    /// <summary>Whether they were typed.</summary>
    public bool LeftIsInput { get; init; }
}

/// <summary>A recording, event by event, whatever its format.</summary>
public interface IRecordingReader
{
    /// <summary>What it says of itself.</summary>
    RecordingHeader Header { get; }

    /// <summary>Where the next event begins.</summary>
    RecordingPosition Position { get; }

    /// <summary>What was wrong so far, the first of it; null for nothing.</summary>
    RecordingFault? FirstFault { get; }

    /// <summary>Lines or parts that were passed over.</summary>
    long FaultCount { get; }

    /// <summary>The next event.</summary>
    /// <param name="next">It; its bytes are valid until the next read.</param>
    /// <returns>False at the end, or at the end of what is there yet: a growing file may be asked again.</returns>
    bool TryRead(out RecordingEvent next);

    /// <summary>Goes on elsewhere.</summary>
    /// <param name="position">A <see cref="Position"/> of this recording.</param>
    void Seek(RecordingPosition position);
}

/// <summary>What is wrong with a recording, and where.</summary>
/// <param name="Offset">Byte of the file where the line or part begins.</param>
/// <param name="Text">What: lower case, no full stop.</param>
public sealed record RecordingFault(long Offset, string Text);
