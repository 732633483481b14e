using Akashi.Cli.Borrowing;
using Akashi.Cli.CommandLine;
using Akashi.Cli.Live;
using Akashi.Daemon.KernelState;
using Akashi.Host;
using Akashi.Linux.Files;
using Akashi.Output;

namespace Akashi.Cli.Start;

/// <summary><c>akashi start</c>: records what people do on this machine and shows it, in the foreground.</summary>
/// <remarks>
/// Where another program owns the kernel's audit, or it is immutable, nothing is changed and its multicast group is shown; where it can't be had at
/// all, the sample trail on a terminal, between lines that say so. Exit codes: 0; 1 where recording failed; 2 usage.
/// </remarks>
static class StartTool
{
    const int OperationNotPermitted = 1;
    const string RootHasIt = " (root has it)";

    public static Tool Tool { get; } = new("start", "record what people do, and show it as it happens", Run) { Manual = StartManual.Make };

    static int Run(Invocation invocation)
    {
        var typed = new StartOptions();
        if (StartOptions.Table.Parse(invocation.Arguments, typed) is { } fault)
            return WrongUsage.Refuse(invocation, "akashi start", fault);

        if (typed.WantsHelp)
            return CommandHelp.Print(invocation, "start");
        if (typed.PrintsRules)
            return PrintRules(invocation);
        using var screen = new LiveScreen(invocation, isRaw: false, typed.HasColors);
        if (FindObstacle(invocation.Host, out bool hasKernel) is not { } obstacle)
            Record(invocation.Host, screen, typed);
        else if (hasKernel)
            Follow(invocation.Host, screen, $"{obstacle}: nothing is written to {typed.TrailDirectory}", typed.Duration);
        else
            LiveTool.ShowSampleInstead(screen, obstacle);
        return 0;
    }

    // The lock keeps apart whatever changes the kernel's audit for a while: another start, tests, measurements.
    static void Record(IHost host, LiveScreen screen, StartOptions typed)
    {
        if (!FileLock.TryTake(typed.LockPath, out FileLock? taken))
            throw new AuditException(BorrowingPlace.DescribeHeld(typed.LockPath));
        using FileLock held = taken;
        new Recording(host, screen, new KernelSnapshotFile(host.Files, KernelSnapshotFile.DefaultDirectory), typed.RulesPath, Environment.ProcessPath)
            .Run(typed.TrailDirectory, typed.Duration);
    }

    /// <summary>Why this machine can't be recorded; null where it can. An owner that died is no obstacle.</summary>
    static string? FindObstacle(IHost host, out bool hasKernel)
    {
        hasKernel = false;
        try
        {
            using IAuditKernel kernel = host.OpenAuditKernel();
            AuditStatus status = kernel.GetStatus();
            hasKernel = true;
            if (AuditOwner.Find(status) is { } owner)
                return $"{owner} owns the kernel's audit";
            return status.Enabled == 2 ? "the kernel's audit is immutable until the next boot" : null;
        }
        catch (KernelRequestException exception)
        {
            bool isMissing = exception.Errno == OperationNotPermitted && exception.Reason.EndsWith(RootHasIt, StringComparison.Ordinal);
            string why = isMissing ? $"not root ({exception.Reason[..^RootHasIt.Length]})" : exception.Message;
            return $"{why}: nothing can be recorded";
        }
    }

    static void Follow(IHost host, LiveScreen screen, string obstacle, TimeSpan? duration)
    {
        screen.Say(obstacle);
        try
        {
            LiveTool.ShowKernel(host, screen, duration);
        }
        catch (KernelRequestException exception)
        {
            LiveTool.ShowSampleInstead(screen, $"{exception.Message}: nothing can be shown");
        }
    }

    static int PrintRules(Invocation invocation)
    {
        using var output = new Utf8Output(invocation.Output);
        output.Write(PeopleRules.Text());
        return 0;
    }
}
