using System.Globalization;
using System.Text;
using Akashi.Host;
using Akashi.Tables;

namespace Akashi.Search.Query.Fields;

/// <summary>What a line must hold for a field of some names to have a value.</summary>
static class RecordFieldNeedles
{
    static readonly Machine[] s_machines = Enum.GetValues<Machine>();

    /// <summary>The needles; none where the value's words say nothing of the line.</summary>
    /// <param name="accounts">This machine's.</param>
    /// <param name="names">The fields.</param>
    /// <param name="test">What the value is compared with.</param>
    public static IReadOnlyList<byte[]> For(IAccounts accounts, string[] names, ValueTest test)
    {
        if (test.Literal.Length == 0)
            return [];
        var all = new List<byte[]>();
        foreach (string name in names)
        {
            IReadOnlyList<byte[]> some = ForOne(accounts, name, test);
            if (some.Count == 0)
                return [];
            all.AddRange(some);
        }

        return Needles.Merge(all);
    }

    static IReadOnlyList<byte[]> ForOne(IAccounts accounts, string name, ValueTest test)
    {
        FieldType type = FieldTypes.Names.TryGetNumber(Encoding.UTF8.GetBytes(name), out long number) ? (FieldType)number : FieldType.Unclassified;
        return type switch
        {
            FieldType.Unclassified when test.IsWhole && IsPlain(name) => [.. Needles.OfValue([name], test.Literal), .. Needles.OfValue([name], $"\"{test.Literal}\"")],
            FieldType.Unclassified or FieldType.Escaped or FieldType.EscapedFile or FieldType.EscapedKey or FieldType.MacLabel => Needles.OfText(test.Literal),
            FieldType.Proctitle => Needles.OfText(Needles.LongestWord(test.Literal)),
            FieldType.Uid or FieldType.Gid when test.IsWhole => OfAccount(accounts, name, test.Literal),
            FieldType.Syscall when test.IsWhole => OfSyscall(name, test.Literal),
            FieldType.Session when test.IsWhole => OfNumber(name, test.Literal),
            FieldType.Exit when test.IsWhole => OfExit(name, test.Literal),
            _ => [],
        };
    }

    // An EXECVE record's a1, a2 … are in hex, and so is a USER_TTY's msg.
    static bool IsPlain(string name) => name[0] != 'a' && name != "msg";

    static IReadOnlyList<byte[]> OfNumber(string name, string text) => text == "unset"
        ? [.. Needles.OfValue([name], "4294967295"), .. Needles.OfValue([name], "-1")]
        : [.. Needles.OfValue([name], text)];

    // The name where it was looked up when it was recorded; the number where that has the name here.
    static IReadOnlyList<byte[]> OfAccount(IAccounts accounts, string name, string text)
    {
        var all = new List<byte[]>(Needles.OfText(text));
        if (all.Count == 0)
            return [];
        all.AddRange(OfNumber(name, text));
        if (text == "root")
            all.AddRange(Needles.OfValue([name], "0"));
        foreach (uint id in IdsOf(accounts, text))
            all.AddRange(Needles.OfValue([name], id.ToString(CultureInfo.InvariantCulture)));
        return all;
    }

    static IEnumerable<uint> IdsOf(IAccounts accounts, string text)
    {
        if (accounts.TryFindUser(text, out uint uid))
            yield return uid;
        if (accounts.TryFindGroup(text, out uint gid))
            yield return gid;
        foreach (UserAccount account in accounts.ListUsers())
        {
            if (account.Name == text)
                yield return account.Uid;
        }
    }

    // The call's number on every machine, and its name where that was looked up when it was recorded.
    static IReadOnlyList<byte[]> OfSyscall(string name, string text)
    {
        byte[] call = Encoding.UTF8.GetBytes(text);
        var all = new List<byte[]>(Needles.OfText(text));
        if (all.Count == 0)
            return [];
        all.AddRange(Needles.OfValue([name], text));
        foreach (Machine machine in s_machines)
        {
            NameTable calls = Syscalls.ForMachine(machine);
            for (int index = 0; index < calls.Count; index++)
            {
                if (calls.NameAt(index).SequenceEqual(call))
                    all.AddRange(Needles.OfValue([name], calls.NumberAt(index).ToString(CultureInfo.InvariantCulture)));
            }
        }

        return all;
    }

    static IReadOnlyList<byte[]> OfExit(string name, string text)
    {
        if (!Errnos.Names.TryGetNumber(Encoding.UTF8.GetBytes(text), out long errno))
            return [.. Needles.OfValue([name], text)];
        return [.. Needles.OfValue([name], (-errno).ToString(CultureInfo.InvariantCulture)), .. Needles.OfValue([name], text)];
    }
}
