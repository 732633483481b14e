using Akashi.Control;

namespace Akashi.Health;

/// <summary>Whether our own daemon answers at its control socket.</summary>
static class ServiceFinding
{
    const string Name = "control-socket";

    public static Finding? Of(HealthFacts facts)
    {
        if (facts.ServiceRefusal is { } refusal)
        {
            return Finding.Warning(
                Name, $"{facts.Owner ?? "a daemon"} runs, but can't be asked at {ControlRequest.SocketPath}: {refusal}",
                "losses, plugins and disk are not known, and it can't be restarted in place", "journalctl -t auditd -n 50 says why; systemctl restart auditd");
        }

        return facts.Service is { } service ? Finding.Fine(Name, $"{service.Program} answers at {ControlRequest.SocketPath}") : null;
    }
}
