using System.Globalization;

namespace Akashi.Health;

/// <summary>Machines that would send records here and aren't let in.</summary>
static class RefusedClientsFinding
{
    const string Name = "refused-clients";
    const int NamedMax = 5;

    public static Finding? Of(HealthFacts facts)
    {
        if (facts.RefusedClients.Count == 0)
            return null;
        RefusedClient[] most = [.. facts.RefusedClients.OrderByDescending(client => client.Count)];
        string names = string.Join(", ", most.Take(NamedMax).Select(client => string.Create(CultureInfo.InvariantCulture, $"{client.Address} {(client.Count == 1 ? "once" : $"{client.Count} times")} ({client.Reason})")))
            + (most.Length > NamedMax ? $" and {most.Length - NamedMax} more" : "");
        return Finding.Warning(Name, $"refused in the last day, and not let in since: {names}", "what is done on a machine that is refused isn't collected here; or somebody tries the port", MendOf(most[0]));
    }

    static string MendOf(RefusedClient client) => client.Reason switch
    {
        "tls-plain" or "tls-no-certificate" or "tls-untrusted" or "tls-expired" or "tls-revoked" or "tls-refused" =>
            $"where {client.Address} is a sender of yours: akashi setup remote --issue NAME here; there: akashi setup remote --to HOST --certificates FILE",
        "tls-no-crl" => "tls_crl_file of auditd.conf has no list that holds: akashi setup remote --revoke NAME writes a new one, of an authority that setup made",
        "tls-name" or "tls-identity" => "tls_allowed_clients of auditd.conf says who may connect; systemctl reload auditd",
        "tls" => $"{client.Address} sends over TLS: akashi setup remote --receive --make-certificates",
        "from" => $"akashi setup remote --receive --from NETWORK, with {client.Address} in it: node_from of akashi.conf says who may send",
        "port" => "tcp_client_ports of auditd.conf says from which ports, local_port of audisp-remote.conf there which",
        "dup" => "tcp_max_per_addr = 2 in auditd.conf; systemctl reload auditd",
        _ => $"ausearch -m DAEMON_ERR,DAEMON_ACCEPT -ts yesterday --raw | grep -F 'addr={client.Address} '",
    };
}
