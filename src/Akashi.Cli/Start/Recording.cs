using Akashi.Cli.Live;
using Akashi.Configuration;
using Akashi.Daemon;
using Akashi.Daemon.KernelState;
using Akashi.Daemon.State;
using Akashi.Daemon.Status;
using Akashi.Host;
using Akashi.Rules;
using Akashi.Trail;
using System.Globalization;

namespace Akashi.Cli.Start;

/// <summary>Records in the foreground and shows what is recorded; whatever happens, the kernel's audit is put back.</summary>
/// <remarks>
/// <code>
/// check   the rules, what a killed start left, the trail's directory: nothing of the kernel is changed yet
/// begin   snapshot and watcher, the daemon (it takes the kernel and switches auditing on), backlog, rules
/// end     rules, backlog and switch go back while we still receive, so that the trail has these changes too; then the daemon ends
/// </code>
/// </remarks>
/// <param name="host">The machine.</param>
/// <param name="screen">Where it is shown.</param>
/// <param name="stateFile">Where the snapshot goes.</param>
/// <param name="rulesPath">A rule file; null for the program's own rules.</param>
/// <param name="watcherProgram">The program that watches over us: this one; null for none, in tests.</param>
sealed class Recording(
    IHost host, LiveScreen screen, KernelSnapshotFile stateFile, string? rulesPath, string? watcherProgram)
{
    const uint BacklogRecords = 8192;
    const int FileExists = 17;
    const int SegmentsMax = 5;

    // The kernel stamps with its last tick: by so much a record may seem older than it is.
    const int KernelClockMilliseconds = 20;
    const int SegmentMegabytesMax = 8;
    const UnixFileMode DirectoryMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;

    readonly OwnChanges _own = new(Environment.ProcessId);

    /// <summary>Records and shows until the end is asked for or the time is over.</summary>
    /// <param name="trailDirectory">Where audit.log goes; made where it's missing.</param>
    /// <param name="duration">How long; null for no limit.</param>
    /// <exception cref="AuditException">The kernel's audit or the trail can't be had; everything is as before.</exception>
    public void Run(string trailDirectory, TimeSpan? duration)
    {
        string path = Path.Combine(Path.GetFullPath(trailDirectory), "audit.log");
        var leftOut = new SortedSet<string>(StringComparer.Ordinal);
        IReadOnlyList<(string Line, byte[] Rule)> rules = PeopleRules.Compile(host, FindFeatures(), rulesPath, leftOut);
        if (KernelGuard.Recover(host, stateFile) == RestoreOutcome.Restored)
            screen.Say("a start that was killed had left the kernel's audit changed: it is put back as it was before that");
        MakeDirectory(Path.GetDirectoryName(path)!);
        List<string> before = [.. leftOut.Select(why => $"not all rules are loaded: {why}"), .. ProcessesBefore.Describe(host)];
        using KernelGuard guard = KernelGuard.Take(host, stateFile, watcherProgram);
        using var daemon = new DaemonLoop(host, Configure(path), [], new DaemonSurroundings
        {
            Say = screen.Say,
            OnRefused = refused => screen.Say($"{refused.Message}; records are counted and dropped"),
            Place = watcherProgram is null ? null : new ServicePlace("akashi start", RunPlace.Root, new AkashiConfiguration(), Version.Text),
        });
        long since = Now() - KernelClockMilliseconds;
        daemon.Begin(Version.Classic, EnableState.Enable);
        try
        {
            guard.Announce(new KernelLoan([.. rules.Select(rule => HeldRule.ToListed(rule.Rule))], BacklogWaitTime: null, IsAll: false));
            int ruleCount = Load(rules);
            _own.EndLoading(Now());
            Announce(path, ruleCount, guard.Before.Rules.Count, before);
            using var follower = new TrailFollower(host.Files, host.Clock, path, since);
            screen.Skips = _own.Take;
            screen.Show(follower, since, duration);
            _own.BeginRestoring(Now() - KernelClockMilliseconds);
            End(guard, daemon);
            ShowRest(follower, since);
            Summarise(daemon, guard.Before);
            screen.Say("ask it: " + TrailQuestion.Write(
                Environment.ProcessPath, Environment.GetEnvironmentVariable("PATH"), Path.GetDirectoryName(path)!, rulesPath is null));
        }
        finally
        {
            End(guard, daemon);
        }
    }

    static AuditdConfiguration Configure(string path) => new()
    {
        LogFile = path,
        LogFormat = LogFormat.Enriched,
        Flush = FlushTechnique.IncrementalAsync,
        FlushFrequencyRecords = 50,
        SegmentsMax = SegmentsMax,
        SegmentMegabytesMax = SegmentMegabytesMax,
        SizeAction = new LogAction(LogActionKind.Rotate),
    };

    long Now() => host.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    uint FindFeatures()
    {
        using IAuditKernel kernel = host.OpenAuditKernel();
        return kernel.GetStatus().FeatureBitmap;
    }

    // What came until the daemon's end, after the view had ended.
    void ShowRest(TrailFollower follower, long since)
    {
        screen.Drain(follower, since);
        follower.Flush();
        screen.Drain(follower, since);
    }

    static void MakeDirectory(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory, DirectoryMode);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FileFault.Of("make", directory, exception);
        }
    }

    // A rule that somebody loaded before stays where it is, and stays when we go.
    int Load(IReadOnlyList<(string Line, byte[] Rule)> rules)
    {
        using IAuditKernel kernel = host.OpenAuditKernel();
        AuditStatus status = kernel.GetStatus();
        if (status.BacklogLimit != 0 && status.BacklogLimit < BacklogRecords)
            kernel.SetStatus(AuditStatusMask.BacklogLimit, status with { BacklogLimit = BacklogRecords });
        int count = 0;
        foreach ((string line, byte[] rule) in rules)
        {
            try
            {
                kernel.AddRule(rule);
                count++;
            }
            catch (KernelRequestException exception) when (exception.Errno == FileExists)
            {
                screen.Say($"loaded already: {line}");
            }
        }

        return count;
    }

    void Announce(string path, int ruleCount, int keptRuleCount, List<string> before)
    {
        screen.Say($"recording to {path}: what people run, their logins, changes of accounts and rights ({ruleCount} {(ruleCount == 1 ? "rule" : "rules")})");
        if (keptRuleCount > 0)
            screen.Say(keptRuleCount == 1 ? "1 rule was loaded before and stays" : string.Create(CultureInfo.InvariantCulture, $"{keptRuleCount} rules were loaded before and stay"));
        foreach (string line in before)
            screen.Say(line);
        screen.Say("Ctrl-C ends it and puts the kernel's audit back as it was");
    }

    void End(KernelGuard guard, DaemonLoop daemon)
    {
        RestoreOutcome outcome = guard.Restore(out KernelRequestException? refusal);
        daemon.End(screen.IsEnding ? SignalSenders.Find(host) : null);
        if (outcome == RestoreOutcome.Incomplete)
            throw new AuditException($"the kernel's audit is not as it was: {refusal!.Message} (the next start tries again)", refusal);
    }

    // What was lost is said, wherever it was lost.
    void Summarise(DaemonLoop daemon, KernelSnapshot before)
    {
        using IAuditKernel kernel = host.OpenAuditKernel();
        uint lost = kernel.GetStatus().Lost - before.Status.Lost;
        int goneRules = before.Rules.Count - kernel.ListRules().Count;
        if (goneRules > 0)
            screen.Say(goneRules == 1 ? "1 rule that was loaded before is gone with the path that it watched"
                : string.Create(CultureInfo.InvariantCulture, $"{goneRules} rules that were loaded before are gone with the paths that they watched"));
        long restCount = daemon.Write.Written - screen.ShownRecords - _own.Records;
        string rest = restCount > 0 ? string.Create(CultureInfo.InvariantCulture, $", {restCount} that the kernel had kept from before") : "";
        screen.Say(string.Create(CultureInfo.InvariantCulture,
            $"{daemon.Write.Written} records written: {screen.ShownRecords} are the {screen.View.Events} events above, {_own.Records} of start's own rules and settings{rest}; {lost} lost by the kernel, {daemon.Write.Disk.RefusedRecords} refused by the disk"));
    }
}
