using Akashi.Host;
using Akashi.Records;

namespace Akashi.Interpretation;

/// <summary>Users and groups: their names.</summary>
static class AccountName
{
    public static void WriteUser(ReadOnlySpan<byte> value, IAccounts accounts, InterpretedText text)
    {
        if (RawNumber.TryDecimal(value, out long number))
            WriteUser((uint)number, accounts, text);
        else
            RawNumber.WriteFault(value, text);
    }

    public static void WriteGroup(ReadOnlySpan<byte> value, IAccounts accounts, InterpretedText text)
    {
        if (RawNumber.TryDecimal(value, out long number))
            WriteGroup((uint)number, accounts, text);
        else
            RawNumber.WriteFault(value, text);
    }

    public static void WriteUser(uint uid, IAccounts accounts, InterpretedText text) =>
        Write(uid, uid is 0 or uint.MaxValue ? null : accounts.FindUserName(uid), text);

    public static void WriteGroup(uint gid, IAccounts accounts, InterpretedText text) =>
        Write(gid, gid is 0 or uint.MaxValue ? null : accounts.FindGroupName(gid), text);

    /// <summary>A name that the recording machine looked up: quoted, or in hex.</summary>
    public static void WriteEnriched(ReadOnlySpan<byte> value, InterpretedText text)
    {
        EncodedText.TryDecode(value, text.Reserve(value.Length), out int length);
        text.Advance(length);
    }

    static void Write(uint id, string? name, InterpretedText text)
    {
        if (id == uint.MaxValue)
            text.Append("unset"u8);
        else if (id == 0)
            text.Append("root"u8);
        else if (name is not null)
            text.Append(name);
        else
        {
            text.Append("unknown("u8);
            text.Append((int)id);
            text.AppendByte((byte)')');
        }
    }
}
