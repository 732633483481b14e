using System.Text;
using Akashi.Host;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Live;

/// <summary>Who: the person who logged in, and the user that person acts as where it's another.</summary>
/// <param name="accounts">Answers where a record isn't enriched.</param>
sealed class PersonColumn(IAccounts accounts)
{
    const uint Root = 0;

    /// <summary>Appends <c>bob</c>, <c>bob>root</c>, <c>system</c> or, where no record says who, <c>-</c>; with the machine where the record names one: <c>bob@web</c>.</summary>
    public void Append(in EventParts parts, LineText text)
    {
        Record record = parts.Subject;
        if (TryFindAuid(record, out uint auid))
            AppendPerson(record, auid, text);
        else
            text.Append('-');
        if (record.Node.IsEmpty)
            return;
        text.Begin(LiveColor.Dim);
        text.Append('@');
        text.AppendText(record.Node);
        text.End();
    }

    void AppendPerson(in Record record, uint auid, LineText text)
    {
        bool isPerson = auid != ProcessIdentity.Unset;
        text.Begin(isPerson ? LiveColor.Person : LiveColor.Dim);
        if (isPerson)
            AppendUser(record, "AUID"u8, auid, text);
        else
            text.Append("system"u8);
        text.End();
        if (record.Type == RecordType.Syscall)
            AppendEffective(record, isPerson ? auid : Root, text);
    }

    void AppendEffective(in Record record, uint natural, LineText text)
    {
        if (!record.TryFind("euid"u8, out ReadOnlySpan<byte> value))
            return;
        uint euid = RawNumber.ReadId(value);
        if (euid == natural)
            return;
        text.Begin(LiveColor.ActsAs);
        text.Append('>');
        AppendUser(record, "EUID"u8, euid, text);
        text.End();
    }

    /// <summary>Appends a user by the name the record was enriched with, else by the machine's, else by number.</summary>
    public void AppendUser(in Record record, ReadOnlySpan<byte> enrichedName, uint uid, LineText text)
    {
        bool isNamed = record.TryFindEnriched(enrichedName, out ReadOnlySpan<byte> raw) && raw.Length > 2 && raw[0] == '"';
        if (isNamed && !raw.StartsWith("\"unknown("u8))
            text.AppendText(raw[1..^1]);
        else
            AppendUser(uid, text);
    }

    /// <summary>Appends a user by the machine's name, else by number.</summary>
    public void AppendUser(uint uid, LineText text)
    {
        if (uid == ProcessIdentity.Unset)
            text.Append("unset"u8);
        else if (accounts.FindUserName(uid) is { } name)
            text.AppendText(name);
        else
            text.Append(uid);
    }

    static bool TryFindAuid(in Record record, out uint auid)
    {
        bool isSaid = record.TryFind("auid"u8, out ReadOnlySpan<byte> value) && !value.IsEmpty;
        auid = isSaid ? RawNumber.ReadId(value) : ProcessIdentity.Unset;
        return isSaid;
    }
}
