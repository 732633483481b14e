namespace Akashi.Recordings;

/// <summary>How a stored recording looks from outside.</summary>
public enum RecordingState
{
    /// <summary>It is being written.</summary>
    Live,

    /// <summary>Its recorder ended it in order.</summary>
    Finished,

    /// <summary>Nobody writes it, and its end is missing.</summary>
    Cut,

    /// <summary>Something about it isn't as the recorder makes it; <see cref="RecordingSummary.Doubt"/> says what. Only verifying proves anything.</summary>
    Suspect,
}

/// <summary>What its file system says of a stored recording.</summary>
/// <param name="SizeBytes">Its size.</param>
/// <param name="ModifiedUnixSeconds">When the recording was written last; null where the file system doesn't tell, since it was packed later.</param>
/// <param name="Uid">Its owner.</param>
/// <param name="Mode">Its permissions.</param>
/// <param name="LinkCount">Its names.</param>
/// <param name="IsAppendOnly">The flag of chattr(1); null where the file system doesn't tell.</param>
/// <param name="IsHeld">Whether a recorder holds its lock.</param>
/// <param name="IsPacked">Whether it is compressed.</param>
public readonly record struct RecordingFacts(
    long SizeBytes, long? ModifiedUnixSeconds, uint Uid, UnixFileMode Mode, uint LinkCount, bool? IsAppendOnly, bool IsHeld, bool IsPacked);

/// <summary>What is said of a stored recording without reading it whole: from its file, its first line and its last ones.</summary>
public sealed record RecordingSummary
{
    /// <summary>The fact of the header that says "yes" for a login that <c>akashi setup sessions</c> made to try whether people can log in.</summary>
    public const string TrialFact = "trial";

    /// <summary>What people are told of such a login.</summary>
    public const string TrialWords = "trial of setup";

    const uint HashStart = 2166136261;
    const uint HashFactor = 16777619;

    /// <summary>The file's name without its ending.</summary>
    public required string Name { get; init; }

    /// <summary>Eight hexadecimal digits of the name (FNV-1a), short enough to type; two names may have the same.</summary>
    public string Id => Hash(Name).ToString("x8", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>How it looks.</summary>
    public RecordingState State { get; init; }

    /// <summary>Why it is suspect; empty for nothing.</summary>
    public string Doubt { get; init; } = "";

    /// <summary>What the header says of the session, by name: <c>user</c>, <c>auid</c>, <c>ses</c>, <c>address</c> … (docs/recorder.md); empty for nothing.</summary>
    public IReadOnlyList<(string Name, string Value)> Session { get; init; } = [];

    /// <summary>The command; null for a shell.</summary>
    public string? Command { get; init; }

    /// <summary>When it began; null where it isn't known.</summary>
    public long? UnixSeconds { get; init; }

    /// <summary>Seconds from its beginning to its last write, or until now where it is live; null where it isn't known.</summary>
    public long? LengthSeconds { get; init; }

    /// <summary>Bytes of the file.</summary>
    public long SizeBytes { get; init; }

    /// <summary>The exit status; null where it isn't known.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Programs that were started in it, by the audit trail; null where it doesn't tell.</summary>
    public long? CommandCount { get; init; }

    /// <summary>Whether nobody logged in: a setup tried it. Not said of what is suspect.</summary>
    public bool IsTrial => Doubt.Length == 0 && Fact(TrialFact) == "yes";

    /// <summary>A value of <see cref="Session"/>; empty where it isn't there.</summary>
    public string Fact(string name)
    {
        foreach ((string known, string value) in Session)
        {
            if (known == name)
                return value;
        }

        return "";
    }

    static uint Hash(string name)
    {
        uint hash = HashStart;
        foreach (char letter in name)
            hash = (hash ^ letter) * HashFactor;
        return hash;
    }
}
