using System.Globalization;
using System.Text;
using Akashi.Cli.Recordings;
using Akashi.Daemon;
using Akashi.Events;
using Akashi.Health;
using Akashi.Host;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Cli.Doctor;

/// <summary>Who wasn't let in to send records here, by what auditd wrote into the trail.</summary>
/// <param name="invocation">The call.</param>
sealed class ReceiverFacts(Invocation invocation)
{
    // The last day, or as much of it as can be read quickly.
    static readonly int[] s_hours = [24, 6, 1];

    /// <summary>The facts with them, where other machines are received.</summary>
    public HealthFacts Add(HealthFacts facts)
    {
        if (facts.Configuration is not { ListensForMachines: true } configuration || SessionTrail.TryOpen(invocation, path: null) is not { } trail)
            return facts;
        using (trail)
        {
            try
            {
                long now = invocation.Host.Clock.GetUtcNow().ToUnixTimeSeconds();
                long[] begins = [.. s_hours.Select(hours => now - (hours * 3600L))];
                return trail.Begin(begins) < begins.Length ? facts with { RefusedClients = Find(trail, NodeName.Find(invocation.Host, configuration).ToArray(), begins[0]) } : facts;
            }
            catch (AuditException)
            {
                return facts;
            }
        }
    }

    static IReadOnlyList<RefusedClient> Find(SessionTrail trail, byte[] node, long since)
    {
        var counts = new Dictionary<(string Address, string Reason), long>();
        trail.Read([RecordType.DaemonErr, RecordType.DaemonAccept], auditEvent =>
        {
            for (int index = 0; index < auditEvent.Count; index++)
            {
                // What other machines' auditd says of theirs is in the trail too.
                if (auditEvent[index].Stamp.UnixSeconds >= since && auditEvent[index].Node.SequenceEqual(node))
                    Take(auditEvent[index], counts);
            }
        });
        return [.. counts.Select(one => new RefusedClient(one.Key.Address, one.Key.Reason, one.Value))];
    }

    /// <summary>Counts one record: <c>op=dup addr=10.0.0.7 port=61000 res=no</c>, or <c>op=remote-refused reason=tls-revoked addr=10.0.0.7 count=31 res=failed</c>; one that was let in is no news any more.</summary>
    internal static void Take(in Record record, Dictionary<(string Address, string Reason), long> counts)
    {
        string address = Text(record, "addr"u8), operation = Text(record, "op"u8), result = Text(record, "res"u8);
        if (record.Type == RecordType.DaemonAccept && result == "success")
        {
            foreach ((string Address, string Reason) key in counts.Keys.Where(key => key.Address == address).ToArray())
                counts.Remove(key);
        }
        else if (address.Length > 0 && (result == "no" || operation == "remote-refused"))
        {
            string reason = operation == "remote-refused" ? Text(record, "reason"u8) : operation;
            _ = long.TryParse(Text(record, "count"u8), NumberStyles.None, CultureInfo.InvariantCulture, out long count);
            counts[(address, reason)] = counts.GetValueOrDefault((address, reason)) + Math.Max(count, 1);
        }
    }

    static string Text(in Record record, scoped ReadOnlySpan<byte> name) => record.TryFind(name, out ReadOnlySpan<byte> value) ? Encoding.UTF8.GetString(value) : "";
}
