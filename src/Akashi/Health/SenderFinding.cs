using System.Globalization;
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
        string waiting = string.Create(CultureInfo.InvariantCulture, $"{sender.Waiting} of {sender.Room} records wait here");
        string why = sender.Waiting < sender.Room
            ? "what is done here isn't collected there; once as many wait as may, auditd drops what comes (q_depth)"
            : "no more may wait: auditd drops what comes beyond its own queue (q_depth)";
        if (sender.IsSuspended)
            return Finding.Problem(Name, $"audisp-remote (process {sender.Pid}) is suspended: nothing goes to {sender.Server}; {waiting}", why, $"kill -USR2 {sender.Pid}, when what its audisp-remote.conf suspends it for is mended");
        return sender.Refusal is { } refusal
            ? Finding.Problem(Name, $"{sender.Server} takes no records of this machine since {sender.Since} UTC: {refusal}; {waiting}", why, RemoteRefusal.Mend(refusal, sender.Server, sender.Port))
            : Finding.Fine(Name, $"records go to {sender.Server}");
    }
}
