using System.Text;

namespace Akashi.Setup;

/// <summary>What a setup did, so that it can be taken back: kept in /var/lib/akashi/setup/NAME.</summary>
/// <remarks>
/// <code>
/// akashi setup 1
/// run RUN                             one word; the same in pending and journal once a run is committed
/// command WORDS                       as it was typed
/// entry PATH                          in the order in which they were changed
/// before MARK                         see StateMark
/// backup NAME                         only where a file stood there
/// after MARK
/// made NAME                           only where others change lines of the file too: what the setup put there
/// end
/// </code>
/// <c>pending</c> is written before the first change of a run and tells what stood before that run; <c>journal</c> is written after the last and tells
/// what stood before the first run whose changes still stand. <c>undoing</c> stands while a setup is taken back.
/// </remarks>
/// <param name="Run">The run that wrote it.</param>
/// <param name="Command">What was typed.</param>
/// <param name="Entries">In the order in which they were changed.</param>
public sealed record SetupJournal(string Run, string Command, IReadOnlyList<JournalEntry> Entries)
{
    const string Heading = "akashi setup 1";
    const string End = "end";

    /// <summary>The journal as bytes.</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder();
        text.Append(Heading).Append('\n');
        text.Append("run ").Append(JournalText.Escape(Run)).Append('\n');
        text.Append("command ").Append(JournalText.Escape(Command)).Append('\n');
        foreach (JournalEntry entry in Entries)
        {
            text.Append("entry ").Append(JournalText.Escape(entry.Path)).Append('\n');
            text.Append("before ").Append(entry.Before.Text).Append('\n');
            if (entry.BackupName.Length > 0)
                text.Append("backup ").Append(JournalText.Escape(entry.BackupName)).Append('\n');
            text.Append("after ").Append(entry.After.Text).Append('\n');
            if (entry.MadeName.Length > 0)
                text.Append("made ").Append(JournalText.Escape(entry.MadeName)).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.Append(End).Append('\n').ToString());
    }

    /// <summary>Reads one; false where it isn't whole, or not of this kind.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out SetupJournal journal)
    {
        journal = new SetupJournal("", "", []);
        string[] lines = Encoding.UTF8.GetString(bytes).Split('\n');
        if (lines.Length < 5 || lines[0] != Heading || lines[^2] != End || lines[^1].Length > 0
            || !TryTake(lines[1], "run ", out string run) || !TryTake(lines[2], "command ", out string command))
        {
            return false;
        }

        var entries = new List<JournalEntry>();
        for (int index = 3; index < lines.Length - 2;)
        {
            if (!TryReadEntry(lines, ref index, out JournalEntry? entry))
                return false;
            entries.Add(entry!);
        }

        journal = new SetupJournal(run, command, entries);
        return true;
    }

    static bool TryReadEntry(string[] lines, ref int index, out JournalEntry? entry)
    {
        entry = null;
        string backup = "", made = "";
        if (!TryTake(lines[index++], "entry ", out string path) || !SetupPath.IsPlain(path))
            return false;
        string before = lines[index++];
        if (TryTake(lines[index], "backup ", out string name))
        {
            backup = name;
            index++;
        }

        string after = index < lines.Length ? lines[index++] : "";
        if (index < lines.Length && TryTake(lines[index], "made ", out name))
        {
            made = name;
            index++;
        }

        if (!before.StartsWith("before ", StringComparison.Ordinal) || !after.StartsWith("after ", StringComparison.Ordinal)
            || !IsBackupName(backup) || !IsBackupName(made))
        {
            return false;
        }

        entry = new JournalEntry(path, new StateMark(before["before ".Length..]), backup, new StateMark(after["after ".Length..])) { MadeName = made };
        return true;
    }

    static bool IsBackupName(string name)
    {
        const string Start = "before-";
        return name.Length == 0
            || (name.StartsWith(Start, StringComparison.Ordinal) && name.Length > Start.Length && name.AsSpan(Start.Length).IndexOfAnyExceptInRange('0', '9') < 0);
    }

    static bool TryTake(string line, string word, out string value)
    {
        value = "";
        return line.StartsWith(word, StringComparison.Ordinal) && JournalText.TryUnescape(line[word.Length..], out value);
    }
}
