using Akashi.Diagnostics;

namespace Akashi.Configuration;

/// <summary>/etc/akashi/recorder.conf: what logins and the recorder service need to know, <c>name = value</c> a line, <c>#</c> for comments.</summary>
/// <param name="Shell">shell: the real shell, an absolute path.</param>
/// <param name="Policy">policy: what where a session can't be recorded.</param>
public sealed record RecorderConfiguration(string Shell, RecordingPolicy Policy)
{
    /// <summary>The file.</summary>
    public const string DefaultPath = "/etc/akashi/recorder.conf";

    /// <summary>What holds without a file.</summary>
    public static RecorderConfiguration Default { get; } = new("/bin/bash", RecordingPolicy.Degrade);

    /// <summary>break_glass_group: whose members get a session under <see cref="RecordingPolicy.Strict"/>, too; empty for none.</summary>
    public string BreakGlassGroup { get; init; } = "";

    /// <summary>min_free: under it no recording is begun, and the policy holds.</summary>
    public SpaceLimit MinimumFree { get; init; } = new(100, IsPercent: false);

    /// <summary>keep_days: finished recordings older than that are removed; 0 for never.</summary>
    public int KeepDays { get; init; }

    /// <summary>keep_size: MiB that all recordings may have, the oldest finished ones are removed; 0 for no limit.</summary>
    public int KeepMegabytes { get; init; }

    /// <summary>keep_free: the oldest finished recordings are removed until that much is free; 0 for never.</summary>
    public SpaceLimit KeepFree { get; init; }

    /// <summary>compress: whether finished recordings are packed.</summary>
    public bool Compresses { get; init; } = true;

    /// <summary>compress_level: 1 (quick) to 19 (small), as zstd counts.</summary>
    public int CompressLevel { get; init; } = 3;

    /// <summary>flood_rate: KiB of the file that a session may take a second, in the long run; 0 for no limit.</summary>
    public int FloodKilobytesSecond { get; init; } = 256;

    /// <summary>flood_burst: MiB that it may take at once before that holds.</summary>
    public int FloodBurstMegabytes { get; init; } = 64;

    /// <summary>session_size: MiB that the file of a session may have; 0 for no limit.</summary>
    public int SessionMegabytes { get; init; } = 2048;

    /// <summary>sync_interval: seconds between two times that what was recorded is brought to the disk; 0 for never.</summary>
    public int SyncSeconds { get; init; } = 5;

    /// <summary>keeper_uid_first: what a keeper's process number is added to for its user; 0 for one user for all.</summary>
    public uint KeeperUidFirst { get; init; } = 2_100_000_000;

    /// <summary>Whether somebody gets a session that isn't recorded.</summary>
    /// <param name="uid">Who logs in.</param>
    /// <param name="isConsole">Whether at a terminal of the machine itself, which is no pseudo terminal.</param>
    /// <param name="isOfBreakGlass">Whether a member of <see cref="BreakGlassGroup"/>.</param>
    public bool LetsIn(uint uid, bool isConsole, bool isOfBreakGlass) => Policy != RecordingPolicy.Strict || uid == 0 || isConsole || isOfBreakGlass;

    /// <summary>Reads it; a login is never refused for a fault of the file, the default of that line holds.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="faults">What is wrong, each with its line.</param>
    public static RecorderConfiguration Parse(string text, out IReadOnlyList<string> faults)
    {
        var diagnostics = new DiagnosticBag();
        RecorderConfiguration found = RecorderConfigurationFile.Parse(text, null, diagnostics);
        faults = [.. diagnostics.All.Select(diagnostic => diagnostic.ToString())];
        return found;
    }
}
