using Akashi.Tables;

namespace Akashi.Records;

/// <summary>What an access decision says outside of its fields: <c>avc:  denied  { read write } for  pid=…</c>.</summary>
/// <remarks>libauparse makes fields of it: <c>seresult</c> and <c>seperms</c>, the permissions with commas between them.</remarks>
public static class AccessDecision
{
    /// <summary>Whether a record of that type holds one.</summary>
    public static bool IsIn(RecordType type) => type is RecordType.Avc or RecordType.UserAvc;

    /// <summary>The decision, such as <c>denied</c>; empty for none.</summary>
    public static ReadOnlySpan<byte> Result(scoped in Record record)
    {
        ReadOnlySpan<byte> body = record.Body;
        int brace = body.IndexOf((byte)'{');
        int before = brace < 0 ? -1 : body[..brace].IndexOf("avc: "u8);
        return before < 0 ? default : body[(before + 5)..brace].Trim((byte)' ');
    }

    /// <summary>The permissions with blanks between and around them: <c> read write </c>; empty for none.</summary>
    public static ReadOnlySpan<byte> Permissions(scoped in Record record)
    {
        ReadOnlySpan<byte> body = record.Body;
        int brace = body.IndexOf((byte)'{');
        int end = brace < 0 ? -1 : body[brace..].IndexOf((byte)'}');
        return end < 0 ? default : body.Slice(brace + 1, end - 1);
    }
}
