using System.Globalization;
using Akashi.Cli.CommandLine;
using Akashi.Configuration;
using Akashi.Diagnostics;
using Akashi.Host;
using Akashi.Live;
using Akashi.Output;
using Akashi.Search.Query;
using Akashi.Trail;

namespace Akashi.Cli.Live;

/// <summary><c>akashi live</c>: what happens, as it happens; changes nothing.</summary>
/// <remarks>
/// Sources, the first that can be had: the trail; the kernel's multicast group, where another program records and the trail can't be read; the sample
/// trail, on a terminal alone and between two lines that say what it is. Exit codes: 0; 1 where what was asked for can't be had; 2 usage.
/// </remarks>
static class LiveTool
{
    /// <summary>What is said before the sample trail, after the reason.</summary>
    public const string SampleNote = "below is a sample, of a machine that isn't yours";

    const string SampleEnd = "that was the sample, of a machine that isn't yours";

    public static Tool Tool { get; } = new("live", "show what happens on this machine, as it happens", Run) { Manual = LiveManual.Make };

    static int Run(Invocation invocation)
    {
        var typed = new LiveOptions();
        using var error = new Utf8Output(invocation.Error, FlushMode.Line);
        string? fault = LiveOptions.Table.Parse(invocation.Arguments, typed);
        long since = 0;
        if (fault is null && !SinceTime.TryParse(typed.Since, invocation.Host, out since))
            fault = $"--since takes {QueryTimes.Expected}; not '{typed.Since}'";
        if (fault is not null)
            return WrongUsage.Refuse(invocation, "akashi live", fault);

        if (typed.WantsHelp)
            return CommandHelp.Print(invocation, "live");
        using var screen = new LiveScreen(invocation, typed.IsRaw, typed.HasColors);
        if (typed.ShowsSample)
            ShowSample(screen, SampleNote);
        else if (typed.FromKernel)
            ShowKernel(invocation.Host, screen, typed.Duration);
        else if (typed.TrailPath is { } path)
            ShowTrail(invocation.Host, screen, TrailPaths.Resolve(invocation.Host.Files, path), since, typed.Duration);
        else
            ShowWhatThereIs(invocation.Host, screen, TrailPaths.Configured(), since, typed.Duration);
        return 0;
    }

    /// <summary>Shows the sample trail in place of what can't be had, where a person sees that it's one; else says why on standard error.</summary>
    /// <param name="screen">Where it is shown.</param>
    /// <param name="why">Why nothing else can be shown.</param>
    /// <exception cref="AuditException">A program reads this, or records are wanted: a sample would pass for what happened here.</exception>
    public static void ShowSampleInstead(LiveScreen screen, string why)
    {
        if (!screen.IsForPeople)
            throw new AuditException(why);
        ShowSample(screen, $"{why}; {SampleNote}");
    }

    /// <summary>Shows the sample trail between a line that says why and one that says what it was.</summary>
    public static void ShowSample(LiveScreen screen, string why)
    {
        screen.Say(why);
        using var sample = new SampleTrail();
        while (!screen.IsEnding && !sample.IsAtEnd)
            screen.Drain(sample, sinceUnixMilliseconds: 0);
        screen.Say(SampleEnd);
    }

    /// <summary>Shows the multicast group.</summary>
    /// <exception cref="KernelRequestException">It can't be joined.</exception>
    public static void ShowKernel(IHost host, LiveScreen screen, TimeSpan? duration)
    {
        using var follower = new KernelFollower(host.JoinAuditMulticast(), host.Clock);
        screen.Say(AuditOwner.IsMissing(host)
            ? "following the kernel's audit; nobody records on this machine (akashi start does)"
            : "following the kernel's audit beside its owner; nothing is changed or recorded");
        long said = 0;
        screen.Show(follower, 0, duration, () =>
        {
            if (follower.Overruns > said)
                screen.Say(string.Create(CultureInfo.InvariantCulture,
                    $"the kernel dropped events for this view {follower.Overruns - said} times; the owner's trail has them"));
            said = follower.Overruns;
        });
    }

    static void ShowTrail(IHost host, LiveScreen screen, string path, long since, TimeSpan? duration)
    {
        using var follower = new TrailFollower(host.Files, host.Clock, path, since);
        ShowTrail(screen, follower, path, since, duration);
    }

    static void ShowTrail(LiveScreen screen, TrailFollower follower, string path, long since, TimeSpan? duration)
    {
        screen.Say($"following {path}");
        screen.Show(follower, since, duration);
        if (follower.BadLines > 0)
            screen.Say(string.Create(CultureInfo.InvariantCulture, $"{follower.BadLines} lines of {path} are no records"));
    }

    /// <summary>Shows the first source that can be had.</summary>
    /// <param name="host">The machine.</param>
    /// <param name="screen">Where it is shown.</param>
    /// <param name="trailPath">The machine's own trail.</param>
    /// <param name="since">Milliseconds since the epoch: from when.</param>
    /// <param name="duration">How long at most; null for no limit.</param>
    internal static void ShowWhatThereIs(IHost host, LiveScreen screen, string trailPath, long since, TimeSpan? duration)
    {
        string whyNoTrail;
        try
        {
            using var follower = new TrailFollower(host.Files, host.Clock, trailPath, since);
            if (AuditOwner.IsMissing(host))
                screen.Say("nobody records on this machine at present: akashi start does");
            ShowTrail(screen, follower, trailPath, since, duration);
            return;
        }
        catch (TrailException exception)
        {
            whyNoTrail = exception.Message;
        }

        if (AuditOwner.IsMissing(host))
        {
            ShowSampleInstead(screen, $"nobody records on this machine ({whyNoTrail}): akashi start does");
            return;
        }

        try
        {
            ShowKernel(host, screen, duration);
        }
        catch (KernelRequestException exception)
        {
            ShowSampleInstead(screen, $"{whyNoTrail}, and {exception.Message}");
        }
    }
}
