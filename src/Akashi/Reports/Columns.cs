using Akashi.Reports.Facts;

namespace Akashi.Reports;

/// <summary>The columns that reports have; what is missing is <c>?</c>, or <c>(null)</c> where the name says bare.</summary>
static class Columns
{
    public static Column Serial { get; } = new("event", (in Row row) => row.Text.Output.Write(row.Facts.Stamp.Serial));

    public static Column Type { get; } = new("type", (in Row row) => row.Text.WriteType(row.Facts.Type));

    public static Column Outcome { get; } = new("success", (in Row row) => row.Text.WriteOutcome(row.Facts.Outcome));

    public static Column LoginUser { get; } = new("auid", (in Row row) => row.Text.WriteUser(row.Facts.LoginUser));

    public static Column Process { get; } = new("pid", (in Row row) => row.Text.Output.Write((long)(row.Facts.Process ?? uint.MaxValue)));

    public static Column Session { get; } = new("sess", (in Row row) => row.Text.Output.Write((long)row.Facts.Session));

    /// <summary>The system call; 0, or in words ?, where there is none.</summary>
    public static Column Syscall { get; } = new("syscall", (in Row row) =>
    {
        ReadOnlySpan<byte> word = row.Text.SyscallWord(row.Facts);
        row.Text.Output.Write(word.IsEmpty ? "?"u8 : word);
    });

    public static Column Terminal { get; } = new("term", (in Row row) => row.Text.WriteWord(row.Facts, row.Facts.Terminal, "?"u8));

    public static Column BareTerminal { get; } = new("term", (in Row row) => row.Text.WriteWord(row.Facts, row.Facts.Terminal, "(null)"u8));

    public static Column HostName { get; } = new("host", (in Row row) => row.Text.WriteWord(row.Facts, row.Facts.HostName, "?"u8));

    public static Column Address { get; } = new("addr", HostName.Write);

    public static Column BareHostName { get; } = new("host", (in Row row) => row.Text.WriteWord(row.Facts, row.Facts.HostName, "(null)"u8));

    public static Column Executable { get; } = new("exe", (in Row row) => row.Text.WriteEscaped(row.Facts, row.Facts.Executable, "?"u8));

    public static Column BareExecutable { get; } = new("exe", (in Row row) => row.Text.WriteEscaped(row.Facts, row.Facts.Executable, "(null)"u8));

    /// <summary>The program, or the command where the record has no program.</summary>
    public static Column Program { get; } = new("exe", (in Row row) =>
        row.Text.WriteEscaped(row.Facts, row.Facts.Executable.Exists ? row.Facts.Executable : row.Facts.Command, "?"u8));

    public static Column Command { get; } = new("comm", (in Row row) => row.Text.WriteEscaped(row.Facts, row.Facts.Command, "?"u8));

    public static Column Account { get; } = new("acct", (in Row row) => row.Text.WriteEscaped(row.Facts, row.Facts.Account, "?"u8));

    /// <summary>The account that wanted in; where the record names none, the user.</summary>
    public static Column AccountOrUser { get; } = new("acct", (in Row row) =>
    {
        if (row.Facts.Account.Exists)
            row.Text.Output.WriteEscaped(row.Facts[row.Facts.Account]);
        else
            row.Text.WriteUser(row.Facts.User);
    });

    /// <summary>Who logged in; of a login that failed, the account that was tried.</summary>
    public static Column LoginPerson { get; } = new("auid", (in Row row) =>
    {
        if (row.Facts.Outcome == Facts.Outcome.Failed && row.Facts.Account.Exists)
            row.Text.Output.WriteEscaped(row.Facts[row.Facts.Account]);
        else
            row.Text.WriteUser(row.Facts.LoginUser);
    });

    /// <summary>The first key.</summary>
    public static Column Key { get; } = new("key", (in Row row) =>
        row.Text.WriteEscaped(row.Facts, row.Facts.Keys.Count > 0 ? row.Facts.Keys[0] : default, "?"u8));

    /// <summary>The first file that is not the directory of another; empty where all are.</summary>
    public static Column File { get; } = new("file", (in Row row) =>
    {
        foreach (FileFact file in row.Facts.Files)
        {
            if (file.IsParent)
                continue;
            row.Text.Output.WriteEscaped(row.Facts[file.Name]);
            return;
        }
    });
}
