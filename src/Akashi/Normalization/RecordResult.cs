using Akashi.Tables;

namespace Akashi.Normalization;

/// <summary>The result that a record tells by itself.</summary>
static class RecordResult
{
    /// <summary>res, or what stands for it in decisions: SECCOMP's code, a kernel AVC's "denied" or "granted" as a field <c>seresult</c>.</summary>
    public static EventField Find(EventPart part, RecordType type)
    {
        if (type == RecordType.Seccomp)
            return EventFields.FindIn(part, 0, "code"u8);
        if (type == RecordType.Avc)
            return FindDecision(part);
        if (type is RecordType.UserAvc or RecordType.AnomPromiscuous)
            return default;
        EventField result = EventFields.FindIn(part, 0, "res"u8);
        return result.IsPresent ? result : EventFields.FindIn(part, 0, "result"u8);
    }

    // avc:  denied  { read } for …: a word without an equals sign.
    static EventField FindDecision(EventPart part)
    {
        ReadOnlySpan<byte> body = part[0].Body;
        int start = body.IndexOf("avc:"u8);
        if (start < 0)
            return default;
        ReadOnlySpan<byte> word = body[(start + "avc:"u8.Length)..].TrimStart((byte)' ');
        int end = word.IndexOf((byte)' ');
        return new EventField(0, "seresult"u8, end < 0 ? word : word[..end]);
    }
}
