namespace Akashi.Reports.Software;

/// <summary>One run of a package manager.</summary>
public sealed class SoftwareRun
{
    /// <summary>When it was started, in milliseconds since the epoch.</summary>
    public required long StartUnixMilliseconds { get; init; }

    /// <summary>The serial of the event that started it.</summary>
    public required ulong Serial { get; init; }

    /// <summary>Who, safe for a terminal: <c>bob>root</c>.</summary>
    public required string Person { get; init; }

    /// <summary>The login session; <see cref="uint.MaxValue"/> for none.</summary>
    public required uint Session { get; init; }

    /// <summary>The process; 0 where the records don't say.</summary>
    public required uint Pid { get; init; }

    /// <summary>The process that started it; <see cref="uint.MaxValue"/> where the records don't say.</summary>
    public uint ParentPid { get; init; } = uint.MaxValue;

    /// <summary>The manager's name.</summary>
    public required string Manager { get; init; }

    /// <summary>The managers that change the same packages.</summary>
    public required string Family { get; init; }

    /// <summary>What it was told.</summary>
    public required SoftwareAction Action { get; init; }

    /// <summary>The words after the manager's name, between blanks, as histories write them; secrets not masked: never shown.</summary>
    public string CommandLine { get; init; } = "";

    /// <summary>The directory it was started in; empty where the records don't say.</summary>
    public string Directory { get; init; } = "";

    /// <summary>The arguments from the manager's interpreter on: for options that say where packages go.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The packages that the command line names.</summary>
    public List<PackageName> Named { get; } = [];

    /// <summary>The packages that it changed, as far as evidence says so.</summary>
    public List<PackageName> Changed { get; } = [];

    /// <summary>When it ended, in milliseconds since the epoch; null where nothing says so.</summary>
    public long? EndUnixMilliseconds { get; set; }

    /// <summary>What came of it.</summary>
    public SoftwareOutcome Outcome { get; set; } = SoftwareOutcome.Attempted;

    /// <summary>Adds changed packages that aren't there yet.</summary>
    public void AddChanged(IEnumerable<PackageName> packages)
    {
        foreach (PackageName package in packages)
        {
            if (!Changed.Contains(package))
                Changed.Add(package);
        }
    }
}

/// <summary>What came of a run, and where that is from.</summary>
/// <param name="Words">Such as <c>ok</c>, <c>failed (exit 100)</c>, <c>attempted</c>.</param>
/// <param name="Source">Such as <c>exit_group</c>, <c>/var/log/dpkg.log</c>; <c>-</c> where nothing says it.</param>
public sealed record SoftwareOutcome(string Words, string Source)
{
    /// <summary>Nothing says what came of it.</summary>
    public static SoftwareOutcome Attempted { get; } = new("attempted", "-");

    /// <summary>It went well.</summary>
    public static SoftwareOutcome Ok(string source) => new("ok", source);

    /// <summary>It failed.</summary>
    public static SoftwareOutcome Failed(string source) => new("failed", source);
}
