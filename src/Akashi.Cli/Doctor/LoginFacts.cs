using Akashi.Cli.Recordings;
using Akashi.Cli.SetupCommands;
using Akashi.Configuration;
using Akashi.Daemon.Recordings;
using Akashi.Health;
using Akashi.Host;
using Akashi.Output;
using Akashi.Setup;

namespace Akashi.Cli.Doctor;

/// <summary>Whether the logins of people who are recorded were, and what of sshd's settings leads past it.</summary>
/// <param name="invocation">The call.</param>
sealed class LoginFacts(Invocation invocation)
{
    static readonly TimeSpan s_lookedBack = TimeSpan.FromDays(1);

    /// <summary>The facts with what is known of them; as far as the caller may see it.</summary>
    public HealthFacts Add(HealthFacts facts) => facts with { UnrecordedLogins = CountUnrecorded(), LoginEnvironmentHole = FindHole() };

    int CountUnrecorded()
    {
        using SessionTrail? trail = SessionTrail.TryOpen(invocation, path: null);
        if (trail is null)
            return 0;
        try
        {
            DateTimeOffset since = invocation.Host.Clock.GetUtcNow() - s_lookedBack;
            return UnrecordedList.Find(trail, new RecordingCatalog(invocation.Host).Read(), since.ToUnixTimeSeconds()).Count(login => !login.IsTrial);
        }
        catch (AuditException)
        {
            return 0;
        }
    }

    string? FindHole()
    {
        using var nobody = new Utf8Output(Stream.Null);
        var machine = new SetupMachine(invocation, "/", nobody, nobody);
        if (invocation.Host.Process.Uid != 0 || Programs.Find("sshd") is null)
            return null;
        bool isForced = machine.Look(RecordedLogins.DropInPath).Kind == FileStateKind.File;
        if (!isForced && machine.Look(RecordedLogins.ShellPath).StartsSecurely)
            return null;
        IReadOnlyList<LoginShellEntry> people = LoginShells.Parse(machine.Text(LoginShells.Path) ?? "");
        return SshdSettings.Ask(machine, people is [var first, ..] ? first.Name : "root", out _)?.FindEnvironmentHole(isForced);
    }
}
