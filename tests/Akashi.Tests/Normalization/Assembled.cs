using System.Text;
using Akashi.Events;

using Record = Akashi.Records.Record;

namespace Akashi.Tests.Normalization;

/// <summary>Events out of the lines of a log.</summary>
static class Assembled
{
    /// <summary>The one event that the lines make.</summary>
    public static AuditEvent One(params string[] lines) =>
        Assert.Single(All(lines.Select(line => Encoding.UTF8.GetBytes(line))));

    /// <summary>Every event, kept.</summary>
    public static List<AuditEvent> All(IEnumerable<byte[]> lines)
    {
        var assembler = new EventAssembler();
        var events = new List<AuditEvent>();
        foreach (byte[] line in lines)
        {
            if (Record.TryParse(line, out Record record, out _))
                assembler.Add(record, default);
            Take(assembler, events);
        }

        assembler.Flush();
        Take(assembler, events);
        return events;
    }

    static void Take(EventAssembler assembler, List<AuditEvent> events)
    {
        while (assembler.TryTake(out AuditEvent? ready))
            events.Add(ready.Detach());
    }
}
