using System.Text;
using Akashi.Formats;
using Akashi.Normalization;
using Akashi.Tables;
using CoreEvent = Akashi.Normalization.NormalizedEvent;

namespace Akashi.Audit;

/// <summary>Puts what the normaliser found into words.</summary>
static class Normalizing
{
    /// <summary>The first part of an event that says who did what; null where none does.</summary>
    internal static NormalizedEvent? Of(Events.AuditEvent auditEvent, FieldWords words)
    {
        int next = 0;
        while (EventPart.TryTake(auditEvent, ref next, out EventPart part))
        {
            if (words.Normalizer.TryNormalize(part, out CoreEvent normalized))
                return Describe(part, normalized, words.Fields);
        }

        return null;
    }

    static NormalizedEvent Describe(EventPart part, in CoreEvent normalized, EventFieldText fields)
    {
        EventKindNames.Names.TryGetName((long)normalized.Kind, out ReadOnlySpan<byte> kind);
        ObjectKindNames.Names.TryGetName((long)normalized.ObjectKind, out ReadOnlySpan<byte> objectKind);
        return new NormalizedEvent
        {
            Kind = Encoding.UTF8.GetString(kind),
            Session = Text(part, normalized.Session, fields),
            SubjectKind = OrNull(SubjectKinds.NameOf(normalized.SubjectKind)),
            SubjectPrimary = normalized.SubjectPrimary.IsPresent ? Encoding.UTF8.GetString(fields.OfSubject(part, normalized.SubjectPrimary)) : null,
            SubjectSecondary = Text(part, normalized.SubjectSecondary, fields),
            SubjectLabel = Text(part, normalized.SubjectLabel, fields),
            Action = Encoding.UTF8.GetString(NormalizedWords.ActionOf(normalized)),
            ObjectKind = OrNull(objectKind),
            ObjectPrimary = ObjectOf(part, normalized, fields),
            ObjectSecondary = Text(part, normalized.ObjectSecondary, fields),
            ObjectSecond = normalized.ObjectPrimary2.IsPresent ? Encoding.UTF8.GetString(fields.OfObject(part, normalized.ObjectPrimary2)) : null,
            ObjectLabel = Text(part, normalized.ObjectLabel, fields),
            How = normalized.HowWord.IsEmpty ? Text(part, normalized.How, fields) : Encoding.UTF8.GetString(normalized.HowWord),
            IsSuccess = normalized.Result.IsPresent ? fields.IsSuccess(part, normalized.Result) : null,
            Key = normalized.Key.IsPresent ? Encoding.UTF8.GetString(fields.OfKey(part, normalized.Key)) : null,
        };
    }

    // Of a setting its name says more than its value.
    static string? ObjectOf(EventPart part, in CoreEvent normalized, EventFieldText fields)
    {
        if (!normalized.ObjectPrimary.IsPresent)
            return null;
        return Encoding.UTF8.GetString(
            NormalizedWords.IsSetting(normalized) ? normalized.ObjectPrimary.Name : fields.OfObject(part, normalized.ObjectPrimary));
    }

    static string? Text(EventPart part, EventField field, EventFieldText fields) =>
        field.IsPresent ? Encoding.UTF8.GetString(fields.Of(part, field)) : null;

    static string? OrNull(ReadOnlySpan<byte> name) => name.IsEmpty ? null : Encoding.UTF8.GetString(name);
}
