using System.Collections.Concurrent;
using Akashi.Configuration;
using Akashi.Daemon;
using Akashi.Daemon.Disk;
using Akashi.Daemon.State;
using Akashi.Daemon.Status;
using Akashi.Host;
using Akashi.Linux.Processes;

namespace Akashi.Cli.Auditd;

/// <summary>The daemon while it runs: starts it, does what signals ask for, ends it.</summary>
/// <param name="invocation">The call.</param>
/// <param name="typed">What was typed.</param>
/// <param name="messages">What is said.</param>
/// <param name="isInBackground">Whether it runs in the background.</param>
/// <param name="handover">What the program that this process was before left; null for a usual start.</param>
sealed partial class AuditdRun(
    Invocation invocation, AuditdOptions typed, AuditdMessages messages, bool isInBackground, RestartHandover? handover)
{
    static readonly Signal[] s_signals =
        [Signal.Hangup, Signal.User1, Signal.User2, Signal.Continue, Signal.Terminate, Signal.Interrupt];

    readonly IHost _host = invocation.Host;
    readonly RunDirectory _place = new(RunDirectory.DefaultPath);

    bool _ownsAudit;

    // Null: a planned restart is asked for.
    readonly BlockingCollection<Signal?> _received = [];

    /// <summary>Runs until TERM or INT.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="AuditException">The trail, the kernel's audit or the priority can't be had.</exception>
    public int Run(AuditdConfiguration configuration, AkashiConfiguration own)
    {
        // As it was at the start: a changed local_events holds from the next on.
        _ownsAudit = configuration.HasLocalEvents;
        foreach (Signal signal in s_signals)
            invocation.Signals.Ignore(signal);
        IDisposable[] handled = [.. s_signals.Select(signal => invocation.Signals.On(signal, () => _received.Add(signal)))];
        if (handover is not null)
            GoOn(handover);
        DaemonProcess.LiftLimits();
        if (configuration.PriorityBoost > 0)
            DaemonProcess.SetPriority(configuration.PriorityBoost);
        using var actions = new MachineActions(_host, "auditd");
        using var daemon = new DaemonLoop(_host, configuration, [], Surroundings(actions, own));
        daemon.Begin(Version.Classic, typed.State, handover);
        _place.WritePid(_host.Process.Pid);
        if (DaemonProcess.ProtectFromMemoryShortage() is { } reason)
            messages.Say($"the kernel may end the daemon when memory is short: {reason}");
        SayReady();

        AnswerSignals(daemon, configuration);
        SignalSender? sender = FindSender();
        ServiceManager.Notify("STOPPING=1");
        daemon.End(sender);
        _place.RemovePid();
        foreach (IDisposable registration in handled)
            registration.Dispose();
        return 0;
    }

    DaemonSurroundings Surroundings(MachineActions actions, AkashiConfiguration own) => new()
    {
        Say = messages.Say,
        OnRefused = refused => messages.Say($"{refused.Message}; records are counted and dropped until it takes them"),
        Actions = actions,
        PluginDirectory = Path.Combine(typed.ConfigurationDirectory, "plugins.d"),
        Output = typed.WritesToOutput ? invocation.Output : null,
        Restart = AskForRestart,
        Place = new ServicePlace("auditd", RunPlace.Root, own, Version.Text),
    };

    void SayReady()
    {
        ServiceManager.Notify("READY=1");
        if (!isInBackground || handover is not null)
            return;
        messages.UseSystemLog();
        BackgroundStart.SayReady();
    }

    void AnswerSignals(DaemonLoop daemon, AuditdConfiguration configuration)
    {
        while (true)
        {
            int waitMilliseconds = configuration.ReportIntervalSeconds == 0 ? -1 : Math.Min(configuration.ReportIntervalSeconds, 86_400) * 1000;
            if (!_received.TryTake(out Signal? signal, waitMilliseconds))
                signal = Signal.Continue;
            switch (signal)
            {
                case null:
                    Restart(daemon);
                    break;
                case Signal.Hangup:
                    configuration = Reconfigure(daemon, configuration);
                    break;
                case Signal.User1:
                    daemon.Rotate(FindSender());
                    break;
                case Signal.User2:
                    daemon.Resume(FindSender());
                    break;
                case Signal.Continue:
                    WriteState(daemon);
                    break;
                default:
                    return;
            }
        }
    }

    AuditdConfiguration Reconfigure(DaemonLoop daemon, AuditdConfiguration configuration)
    {
        SignalSender? sender = FindSender();
        if (AuditdTool.ReadConfiguration(_host, typed, messages, saysWarnings: true, out AkashiConfiguration own) is not { } read)
        {
            messages.Say("the configuration stays as it was");
            daemon.RefuseConfiguration(sender);
            return configuration;
        }

        if (read.PriorityBoost != configuration.PriorityBoost)
            ChangePriority(read.PriorityBoost);
        if (daemon.Reconfigure(read, sender) is not { } refusal)
        {
            daemon.Reconfigure(own);
            return read;
        }

        messages.Say($"{refusal}; the configuration stays as it was");
        return configuration;
    }

    void ChangePriority(int boost)
    {
        try
        {
            DaemonProcess.SetPriority(boost);
        }
        catch (AuditException exception)
        {
            messages.Say(exception.Message);
        }
    }

    void WriteState(DaemonLoop daemon)
    {
        try
        {
            _place.WriteState(daemon.DescribeState());
        }
        catch (TrailException exception)
        {
            messages.Say(exception.Message);
        }
    }

    // The kernel remembers the last sender of HUP, USR1, USR2 or TERM to the owner of its audit: with local_events = no that is somebody else.
    SignalSender? FindSender() => _ownsAudit ? SignalSenders.Find(_host) : null;
}
