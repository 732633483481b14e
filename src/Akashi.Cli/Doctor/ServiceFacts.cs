using System.Globalization;
using Akashi.Control;
using Akashi.Daemon.State;
using Akashi.Daemon.Status;
using Akashi.Health;
using Akashi.Host;

namespace Akashi.Cli.Doctor;

/// <summary>What the daemon tells the doctor of itself.</summary>
/// <param name="host">The machine.</param>
/// <param name="directory">Where socket and mark are.</param>
sealed class ServiceFacts(IHost host, string directory = RunPlace.Root)
{
    // What readlink(2) of /proc/PID/exe says of a file that has no name any more.
    const string Deleted = " (deleted)";

    /// <summary>The facts with what our own service says; of another's nothing.</summary>
    public HealthFacts Add(HealthFacts facts)
    {
        facts = facts with { Service = null, ServiceRefusal = null, Build = Version.Text, Now = host.Clock.GetUtcNow() };
        string socket = Path.Combine(directory, Path.GetFileName(ControlRequest.SocketPath));
        ServiceStatus? service = new ControlClient(host, socket).FindStatus(out string? refusal);

        // A collector of other machines' records owns no kernel.
        if (service is { ReadsKernel: false })
            return facts with { Service = service, IsProgramReplaced = IsReplaced((uint)service.Pid) };
        if (facts.Status is not { Pid: > 0 and uint owner } || facts.Owner is null)
            return facts;
        if (service is not null && service.Pid == owner)
            return facts with { Service = service, IsProgramReplaced = IsReplaced(owner) };
        return IsOurs(owner) ? facts with { ServiceRefusal = refusal ?? (service is null ? "nobody listens there" : $"process {service.Pid} does") } : facts;
    }

    // Our services leave a mark, with or without a socket.
    bool IsOurs(uint owner) => new RecordingMarkFile(host.Files, directory).Read(out _) is { IsEnded: false } mark && mark.Owner.Pid == owner && mark.Owner.IsAlive;

    static bool IsReplaced(uint pid)
    {
        try
        {
            return new FileInfo(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/exe")).LinkTarget?.EndsWith(Deleted, StringComparison.Ordinal) == true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
