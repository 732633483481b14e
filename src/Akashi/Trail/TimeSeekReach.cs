namespace Akashi.Trail;

/// <summary>How closely a <see cref="TimeSeek"/> looks.</summary>
public sealed record TimeSeekReach
{
    /// <summary>A smaller trail is read from its beginning: that costs no more.</summary>
    public long TrailBytesMin { get; init; } = 16 * 1024 * 1024;

    /// <summary>How many samples are taken of the whole trail, evenly by bytes; beside them each segment's first and last.</summary>
    public int Samples { get; init; } = 256;

    /// <summary>By how much a gap between samples is divided at the next, closer look.</summary>
    public int Divisor { get; init; } = 64;

    /// <summary>No closer look is needed once samples are this near to each other.</summary>
    public int SpacingBytes { get; init; } = 64 * 1024;

    /// <summary>What one sample reads; with no record in it, more.</summary>
    public int SampleBytes { get; init; } = 8 * 1024;

    /// <summary>What one sample reads at most: a line that doesn't end is no sample.</summary>
    public int SampleBytesMax { get; init; } = 256 * 1024;

    /// <summary>How far before the place found reading begins.</summary>
    public int MarginBytes { get; init; } = 2 * 1024 * 1024;

    /// <summary>By how much a sample may be behind one before it: processors write records a little out of order.</summary>
    public int BehindMillisecondsMax { get; init; } = 100;
}
