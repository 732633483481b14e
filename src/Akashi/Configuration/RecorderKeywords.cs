namespace Akashi.Configuration;

/// <summary>All keywords of recorder.conf: one row each.</summary>
public static class RecorderKeywords
{
    // Keepers' users: above the last of theirs comes a process number, 4,194,304 at most.
    const int KeeperUidMax = 2_143_000_000;

    /// <summary>The keywords.</summary>
    public static IReadOnlyList<Keyword<RecorderConfiguration>> All { get; } =
    [
        new Keyword<RecorderConfiguration, string>("shell", KeywordGrammars.AbsolutePath, "/bin/bash", "the real shell of whoever has akashi-login-shell as login shell",
            (all, value) => all with { Shell = value }),
        new Keyword<RecorderConfiguration, RecordingPolicy>(
            "policy", KeywordGrammars.Words(("degrade", RecordingPolicy.Degrade), ("strict", RecordingPolicy.Strict), ("off", RecordingPolicy.Off)), "degrade",
            "what happens where a session can't be recorded: degrade lets it go on and says so in the audit trail; strict lets nobody in but root, whoever is at the console, and break_glass_group; off records nothing",
            (all, value) => all with { Policy = value }),
        new Keyword<RecorderConfiguration, string>("break_glass_group", KeywordGrammars.Text, "none", "a group whose members get a session under strict, recorded or not",
            (all, value) => all with { BreakGlassGroup = value }),
        new Keyword<RecorderConfiguration, SpaceLimit>("min_free", KeywordGrammars.Space, "100", "under it no recording is begun, and the policy holds; sessions that are recorded go on",
            (all, value) => all with { MinimumFree = value }),
        new Keyword<RecorderConfiguration, int>("keep_days", KeywordGrammars.Number(0, 36_500), "0", "finished recordings older than that are removed; 0 for never",
            (all, value) => all with { KeepDays = value }),
        new Keyword<RecorderConfiguration, int>("keep_size", KeywordGrammars.Number(0), "0", "MiB that all recordings may have; beyond it the oldest finished ones are removed; 0 for no limit",
            (all, value) => all with { KeepMegabytes = value }),
        new Keyword<RecorderConfiguration, SpaceLimit>("keep_free", KeywordGrammars.Space, "0", "the oldest finished recordings are removed until that much is free; 0 for never",
            (all, value) => all with { KeepFree = value }),
        new Keyword<RecorderConfiguration, bool>("compress", KeywordGrammars.Words(("off", false), ("zstd", true)), "zstd", "whether finished recordings are packed",
            (all, value) => all with { Compresses = value }),
        new Keyword<RecorderConfiguration, int>("compress_level", KeywordGrammars.Number(1, 19), "3", "1 is quick, 19 small",
            (all, value) => all with { CompressLevel = value }),
        new Keyword<RecorderConfiguration, int>("flood_rate", KeywordGrammars.Number(0, 1 << 20), "256", "KiB a second that the recording of a session may grow by in the long run; what is shown beyond it is counted and left out, never slowed; 0 for no limit",
            (all, value) => all with { FloodKilobytesSecond = value }),
        new Keyword<RecorderConfiguration, int>("flood_burst", KeywordGrammars.Number(1, 1 << 20), "64", "MiB that it may grow by before flood_rate holds",
            (all, value) => all with { FloodBurstMegabytes = value }),
        new Keyword<RecorderConfiguration, int>("session_size", KeywordGrammars.Number(0, 1 << 20), "2048", "MiB that the recording of a session may have; what comes then is only counted; 0 for no limit",
            (all, value) => all with { SessionMegabytes = value }),
        new Keyword<RecorderConfiguration, int>("sync_interval", KeywordGrammars.Number(0, 3600), "5", "seconds after which what was recorded is on the disk, which is what a loss of power costs; 0 leaves that to the kernel",
            (all, value) => all with { SyncSeconds = value }),
        new Keyword<RecorderConfiguration, uint>("keeper_uid_first", KeeperUids, "2100000000", "the process that keeps a session runs as a user of its own: this number and its process number; 0 for the account akashi-recorder for all, which then could send signals to one another",
            (all, value) => all with { KeeperUidFirst = value }),
    ];

    static KeywordGrammar<uint> KeeperUids => new(
        $"0, or a number from 100000 to {KeeperUidMax}",
        (words, out first) => uint.TryParse(words[0], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out first)
            && (first is 0 or (>= 100_000 and <= KeeperUidMax)) && words.Length == 1);

    /// <summary>The keyword of a name, in any case; null where there is none.</summary>
    public static Keyword<RecorderConfiguration>? Find(string name) => KeywordTable.Find(All, name);
}
