using Akashi.Events;
using Akashi.Host;
using Akashi.Interpretation;
using Akashi.Normalization;
using Akashi.Output;

namespace Akashi.Formats;

/// <summary>One line of JSON for each event.</summary>
/// <remarks>
/// <code>
/// {"schema":1,"id":"1626611363.720:348501","time":"2021-07-18T12:29:23.720Z","serial":348501,"node":"web1",
///  "normalised":{"kind":…,"subject":{…},"action":…,"object":{…},"how":…,"result":…},
///  "keys":[…],"command":{"argc":2,"argv":[…]},"proctitle":[…],"cwd":…,"paths":[…],
///  "records":[{"type":"SYSCALL","fields":{"auid":{"raw":"1000","text":"alice"},…},"message":{…},"words":…,"enrichment":…},…]}
/// </code>
/// docs/json.md describes it and docs/event.schema.json checks it: they change with this file, and the number of the schema changes where a reader could notice. What
/// is absent isn't written. Nothing is masked. Allocates nothing, save where an account's name or an error's words are looked up.
/// </remarks>
/// <param name="host">For names and words.</param>
public sealed partial class JsonEvents(IHost host) : IEventFormat
{
    /// <summary>The number of the schema.</summary>
    public const int SchemaNumber = 1;

    readonly Interpreter _interpreter = new(host);
    readonly InterpretedText _text = new();
    readonly IsoTime _time = new();
    readonly byte[] _id = new byte[Records.EventStamp.TextBytesMax];
    EventNormalizer? _normalizer;
    EventFieldText? _fields;

    EventNormalizer Normalizer => _normalizer ??= new EventNormalizer(_interpreter, host.Accounts);

    EventFieldText Fields => _fields ??= new EventFieldText(_interpreter);

    /// <inheritdoc/>
    public void Write(AuditEvent auditEvent, Utf8Output output)
    {
        var json = new JsonText(output);
        WriteHead(auditEvent, json);
        WriteNormalised(auditEvent, json);
        WriteJoined(auditEvent, json);
        json.Write(",\"records\":["u8);
        for (int index = 0; index < auditEvent.Count; index++)
        {
            if (index > 0)
                json.Write(","u8);
            WriteRecord(auditEvent[index], json);
        }

        json.Write("]}\n"u8);
    }

    void WriteHead(AuditEvent auditEvent, JsonText json)
    {
        json.Write("{\"schema\":1,\"id\":\""u8);
        json.Write(_id.AsSpan(0, auditEvent.Stamp.Format(_id)));
        json.Write("\",\"time\":"u8);
        ReadOnlySpan<byte> time = _time.Of(auditEvent.Stamp);
        if (time.IsEmpty)
            json.Write("null"u8);
        else
            json.String(time);
        json.Write(",\"serial\":"u8);
        json.Write(auditEvent.Stamp.Serial);
        if (!auditEvent.Node.IsEmpty)
            json.Member(",\"node\":"u8, auditEvent.Node);
        if (!auditEvent.IsComplete)
            json.Write(",\"complete\":false"u8);
    }
}
