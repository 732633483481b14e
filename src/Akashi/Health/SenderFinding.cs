using Akashi.Setup;

namespace Akashi.Health;

/// <summary>Records of this machine that don't get to the one that collects them.</summary>
static class SenderFinding
{
    const string Name = "sending";

    public static Finding? Of(HealthFacts facts)
    {
        if (facts.Sender is not { } sender)
            return null;
        if (sender.Fault is not { } fault)
            return Finding.Fine(Name, $"records go to {sender.Server}");
        string why = sender.Waiting < sender.Room
            ? "what is done here isn't collected there; once as many wait as may, auditd drops what comes (q_depth)"
            : "no more may wait: auditd drops what comes beyond its own queue (q_depth)";
        return Finding.Problem(Name, fault, why, sender.IsSuspended || sender.Refusal is null
            ? $"kill -USR2 {sender.Pid}, when what its audisp-remote.conf suspends it for is mended"
            : RemoteRefusal.Mend(sender.Refusal, sender.Server, sender.Port));
    }
}
