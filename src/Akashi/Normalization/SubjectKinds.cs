using System.Buffers.Text;
using System.Text;
using Akashi.Host;
using Akashi.Tables;

namespace Akashi.Normalization;

/// <summary>The kind of a subject, by its uid or by its account's name; and how kinds are called.</summary>
public static class SubjectKinds
{
    const long FirstUser = 1000;
    const long FirstBeyondUsers = 60000;
    const int NameBytesMax = 256;

    /// <summary>How a kind is printed; empty for None.</summary>
    public static ReadOnlySpan<byte> NameOf(SubjectKind kind) => kind switch
    {
        SubjectKind.Privileged => "privileged-acct"u8,
        SubjectKind.Unset => "unset-acct"u8,
        SubjectKind.Service => "service-acct"u8,
        SubjectKind.User => "user-acct"u8,
        SubjectKind.Unknown => "unknown-acct"u8,
        SubjectKind.System => "system"u8,
        SubjectKind.Auditd => "auditd"u8,
        _ => default,
    };

    /// <summary>The kind that a field tells: a uid, or an account's name where it isn't quoted.</summary>
    internal static SubjectKind Of(in EventField field, IAccounts accounts)
    {
        if (!field.IsPresent)
            return SubjectKind.Unknown;
        if (FieldIndex.TypeOf(field.Name) == FieldType.Uid)
            return OfNumber(field.Value);
        return OfName(field.Value, accounts);
    }

    static SubjectKind OfNumber(ReadOnlySpan<byte> value)
    {
        if (!Utf8Parser.TryParse(value, out long number, out int length) || length != value.Length)
            return SubjectKind.Unknown;
        return OfNumber((int)number);
    }

    static SubjectKind OfNumber(int uid) => uid switch
    {
        0 => SubjectKind.Privileged,
        -1 => SubjectKind.Unset,
        < 0 => SubjectKind.Unknown,
        < (int)FirstUser => SubjectKind.Service,
        < (int)FirstBeyondUsers => SubjectKind.User,
        _ => SubjectKind.Unknown,
    };

    // The original looks the raw value up: a quoted name is none that any machine has.
    static SubjectKind OfName(ReadOnlySpan<byte> value, IAccounts accounts)
    {
        if (value.SequenceEqual("root"u8))
            return SubjectKind.Privileged;
        if (value.IsEmpty || value[0] == '"' || value.Length > NameBytesMax)
            return SubjectKind.Unknown;
        return accounts.TryFindUser(Encoding.UTF8.GetString(value), out uint uid) ? OfNumber((int)uid) : SubjectKind.Unknown;
    }
}
