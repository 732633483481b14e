using Akashi.Events;
using Akashi.Normalization;
using Akashi.Tables;

namespace Akashi.Formats;

// Who did what to which thing, by what, with which result. An event of several parts says so for each.
public sealed partial class JsonEvents
{
    void WriteNormalised(AuditEvent auditEvent, JsonText json)
    {
        int next = 0, count = 0;
        while (EventPart.TryTake(auditEvent, ref next, out EventPart part))
        {
            if (!Normalizer.TryNormalize(part, out NormalizedEvent normalized))
                continue;
            json.Write(count switch { 0 => ",\"normalised\":"u8, 1 => ",\"normalised_more\":["u8, _ => ","u8 });
            WriteAct(part, normalized, json);
            count++;
        }

        if (count > 1)
            json.Write("]"u8);
    }

    void WriteAct(EventPart part, in NormalizedEvent normalized, JsonText json)
    {
        EventKindNames.Names.TryGetName((long)normalized.Kind, out ReadOnlySpan<byte> kind);
        json.Member("{\"kind\":"u8, kind);
        WriteField(",\"session\":"u8, part, normalized.Session, json);
        WriteSubject(part, normalized, json);
        json.Member(",\"action\":"u8, NormalizedWords.ActionOf(normalized));
        WriteObject(part, normalized, json);
        ReadOnlySpan<byte> how = normalized.HowWord.IsEmpty ? Fields.Of(part, normalized.How) : normalized.HowWord;
        if (!how.IsEmpty)
            json.Member(",\"how\":"u8, how);
        if (normalized.Result.IsPresent)
            json.Member(",\"result\":"u8, Fields.IsSuccess(part, normalized.Result) ? "success"u8 : "failed"u8);
        json.Write("}"u8);
    }

    void WriteSubject(EventPart part, in NormalizedEvent normalized, JsonText json)
    {
        json.Member(",\"subject\":{\"kind\":"u8, SubjectKinds.NameOf(normalized.SubjectKind));
        if (normalized.SubjectPrimary.IsPresent)
            json.Member(",\"primary\":"u8, Fields.OfSubject(part, normalized.SubjectPrimary));
        WriteField(",\"secondary\":"u8, part, normalized.SubjectSecondary, json);
        WriteField(",\"label\":"u8, part, normalized.SubjectLabel, json);
        json.Write("}"u8);
    }

    void WriteObject(EventPart part, in NormalizedEvent normalized, JsonText json)
    {
        ObjectKindNames.Names.TryGetName((long)normalized.ObjectKind, out ReadOnlySpan<byte> kind);
        json.Member(",\"object\":{\"kind\":"u8, kind);
        if (normalized.ObjectPrimary.IsPresent)
        {
            json.Member(",\"primary\":"u8, NormalizedWords.IsSetting(normalized)
                ? normalized.ObjectPrimary.Name
                : Fields.OfObject(part, normalized.ObjectPrimary));
        }

        WriteField(",\"secondary\":"u8, part, normalized.ObjectSecondary, json);
        if (normalized.ObjectPrimary2.IsPresent)
            json.Member(",\"second\":"u8, Fields.OfObject(part, normalized.ObjectPrimary2));
        WriteField(",\"label\":"u8, part, normalized.ObjectLabel, json);
        json.Write("}"u8);
    }

    void WriteField(ReadOnlySpan<byte> name, EventPart part, EventField field, JsonText json)
    {
        if (field.IsPresent)
            json.Member(name, Fields.Of(part, field));
    }
}
