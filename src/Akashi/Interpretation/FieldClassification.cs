using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Interpretation;

/// <summary>Which type a field has: by its name, save where the record's type says otherwise.</summary>
static class FieldClassification
{
    public static FieldType Of(RecordType record, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) =>
        Of(record, FieldIndex.EntryOf(name), name, value);

    /// <summary>As above, where it is known which entry of <see cref="FieldTypes"/> has the name.</summary>
    public static FieldType Of(RecordType record, int entry, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        FieldType type = FieldIndex.TypeAt(entry);
        return HasOwnTypes(record) ? OfOwn(record, type, name, value) : OfUsual(type, name, value);
    }

    /// <summary>Whether fields of a record have types of its own.</summary>
    public static bool HasOwnTypes(RecordType record) => record is RecordType.Execve or RecordType.Avc or RecordType.UserTty or RecordType.NetfilterPkt
        or RecordType.KernModule or RecordType.MqOpen or RecordType.CryptoKeyUser or RecordType.AddGroup or RecordType.GrpMgmt or RecordType.DelGroup;

    /// <summary>The type of a field of all the other records.</summary>
    /// <param name="type">The table's.</param>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    public static FieldType OfUsual(FieldType type, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) =>
        type == FieldType.Escaped && name.SequenceEqual("acct"u8) ? OfAccount(value) : type;

    static FieldType OfOwn(RecordType record, FieldType type, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) =>
        record switch
        {
            RecordType.Execve => OfExecve(name, type),
            RecordType.Avc when type == FieldType.Sockaddr => FieldType.Unclassified,
            RecordType.UserTty when name.SequenceEqual("msg"u8) => FieldType.Escaped,
            RecordType.NetfilterPkt when type == FieldType.Sockaddr => FieldType.Addr,
            RecordType.KernModule when type == FieldType.EscapedFile => FieldType.Escaped,
            RecordType.MqOpen when type == FieldType.Mode => FieldType.ModeShort,
            RecordType.CryptoKeyUser when name.SequenceEqual("fp"u8) => FieldType.Unclassified,
            RecordType.AddGroup or RecordType.GrpMgmt or RecordType.DelGroup when name.SequenceEqual("id"u8) => FieldType.Gid,
            _ => OfUsual(type, name, value),
        };

    // argc, and the lengths of long arguments (a1_len), stay numbers.
    static FieldType OfExecve(ReadOnlySpan<byte> name, FieldType type)
    {
        if (name.StartsWith("a"u8) && !name.SequenceEqual("argc"u8) && name.IndexOf("_len"u8) < 0)
            return FieldType.Escaped;
        return type is FieldType.A0 or FieldType.A1 or FieldType.A2 or FieldType.A3 ? FieldType.Unclassified : type;
    }

    // Older programs write the name as it is; an unquoted one of hex digits can't be told from an encoded one.
    static FieldType OfAccount(ReadOnlySpan<byte> value) =>
        value.StartsWith("\""u8) || IsHex(value) ? FieldType.Escaped : FieldType.Unclassified;

    static bool IsHex(ReadOnlySpan<byte> value) => value.IndexOfAnyExcept("0123456789ABCDEFabcdef"u8) < 0;
}
