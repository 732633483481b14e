using Akashi.Daemon;
using Akashi.Daemon.State;
using Akashi.Host;
using Akashi.Linux.Processes;

namespace Akashi.Cli.Auditd;

/// <summary>The planned restart: asked over the control socket, done by the main thread, gone on with by the program that follows.</summary>
sealed partial class AuditdRun
{
    static readonly TimeSpan s_trialTimeout = TimeSpan.FromSeconds(10);

    // As it was when this program began: an upgrade puts another file there, and /proc/self/exe would say "(deleted)".
    readonly string _program = Environment.ProcessPath ?? "";

    int _asker;

    // The control thread: whether the program that is there now could go on at all.
    string? AskForRestart(int asker)
    {
        if (ProgramChange.Try(_program, [.. Environment.GetCommandLineArgs(), "-c", typed.ConfigurationDirectory, AuditdOptions.TrialOption], s_trialTimeout) is { } refusal)
            return $"the installed program or its configuration is not right ({refusal}): auditd --trial says what";
        if (Interlocked.Exchange(ref _asker, asker) != 0)
            return "it is starting anew already";
        _received.Add(null);
        return null;
    }

    void Restart(DaemonLoop daemon)
    {
        ProgramChange.HoldSignals();
        string refusal = daemon.Restart(FindAsker(), Become);
        ProgramChange.LetSignalsThrough();
        messages.Say($"{refusal}; this program goes on");
        Interlocked.Exchange(ref _asker, 0);
    }

    string Become(RestartHandover left)
    {
        left = left with { IsInBackground = isInBackground, Directory = typed.ConfigurationDirectory, Signals = TakeReceived() };
        string refusal = ProgramChange.Become(_program, Environment.GetCommandLineArgs(), $"{RestartHandover.Variable}={left.ToText()}");
        foreach (Signal signal in left.Signals)
            _received.Add(signal);
        return refusal;
    }

    List<Signal> TakeReceived()
    {
        var signals = new List<Signal>();
        while (_received.TryTake(out Signal? signal))
        {
            if (signal is { } known)
                signals.Add(known);
        }

        return signals;
    }

    SignalSender? FindAsker()
    {
        uint auid = uint.TryParse(ReadOfAsker("loginuid"), out uint known) ? known : ProcessIdentity.Unset;
        return new SignalSender(auid, (uint)_asker, ReadOfAsker("attr/current").TrimEnd('\0', '\n'));
    }

    string ReadOfAsker(string name)
    {
        try
        {
            return File.ReadAllText($"/proc/{_asker}/{name}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    // The handlers are there by now: what came while there were none comes through.
    void GoOn(RestartHandover left)
    {
        foreach (Signal signal in left.Signals)
            _received.Add(signal);
        ProgramChange.LetSignalsThrough();
        ProgramChange.ReapForeign();
    }
}
