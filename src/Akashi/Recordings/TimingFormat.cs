namespace Akashi.Recordings;

/// <summary>The two formats of timing files.</summary>
public enum TimingFormat
{
    /// <summary><c>DELAY BYTES</c>: one stream.</summary>
    Classic,

    /// <summary><c>TYPE DELAY REST</c>: several streams, signals and headers.</summary>
    Advanced,
}
