using Akashi.Host;

namespace Akashi.Setup;

/// <summary>The journals of one setup below a root: files of /var/lib/akashi/setup/NAME.</summary>
/// <param name="files">The files.</param>
/// <param name="root">The root directory; <c>/</c> for this machine.</param>
/// <param name="name">The setup.</param>
/// <param name="mayWrite">Whether that setup changes files of such a path: a journal that says otherwise is forged; null for any.</param>
public sealed class SetupJournals(ISetupFiles files, string root, string name, Func<string, bool>? mayWrite = null)
{
    /// <summary>Where journals are, below the root.</summary>
    public const string Place = "/var/lib/akashi/setup";

    /// <summary>What is begun and not committed.</summary>
    public const string Pending = "pending";

    /// <summary>What stands.</summary>
    public const string Journal = "journal";

    /// <summary>What is being taken back.</summary>
    public const string Undoing = "undoing";

    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    const UnixFileMode DirectoryMode = OwnerOnly | UnixFileMode.UserExecute;
    const UnixFileMode OpenDirectoryMode = DirectoryMode
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>The directory.</summary>
    public string Directory { get; } = SetupPath.Below(root, $"{Place}/{name}");

    /// <summary>Reads one; null where there is none.</summary>
    /// <exception cref="AuditException">It's there and can't be understood: what it would undo is unknown.</exception>
    public SetupJournal? Read(string file)
    {
        string path = PathOf(file);
        FileState state = files.Look(path);
        if (state.Kind == FileStateKind.Missing)
            return null;
        if (!SetupJournal.TryParse(state.Bytes, out SetupJournal journal))
            throw new AuditException($"cannot read {path}: it is no journal of akashi setup, or was cut short");
        if (mayWrite is not null && journal.Entries.FirstOrDefault(entry => !entry.IsMadeDirectory && !mayWrite(entry.Path)) is { } foreign)
            throw new AuditException($"cannot use {path}: akashi setup {name} never changes {foreign.Path}, it is forged");
        return journal;
    }

    /// <summary>The bytes that stood in a file.</summary>
    public FileState ReadBackup(JournalEntry entry)
    {
        FileState backup = files.Look(PathOf(entry.BackupName));
        return entry.Before.Is(backup) ? backup : throw new AuditException($"cannot use {PathOf(entry.BackupName)}: it is not what stood in {entry.Path}");
    }

    /// <summary>The bytes that the setup put into a file that others change too.</summary>
    public FileState ReadMade(JournalEntry entry)
    {
        FileState made = files.Look(PathOf(entry.MadeName));
        return entry.After.Is(made) ? made : throw new AuditException($"cannot use {PathOf(entry.MadeName)}: it is not what was put into {entry.Path}");
    }

    /// <summary>Makes the directory, and those above it.</summary>
    public void Make()
    {
        foreach (string parent in SetupPath.Parents($"{Place}/{name}"))
            MakeMissing(SetupPath.Below(root, parent), parent.EndsWith("/setup", StringComparison.Ordinal) ? DirectoryMode : OpenDirectoryMode);
        MakeMissing(Directory, DirectoryMode);
    }

    /// <summary>Keeps what stands in a file, owner and mode too, under a name of the directory.</summary>
    /// <returns>The name.</returns>
    public string Keep(FileState state)
    {
        IReadOnlyList<string> taken = files.List(Directory);
        int number = 1;
        while (taken.Contains($"before-{number}"))
            number++;
        string backup = $"before-{number}";
        files.WriteNew(PathOf(backup), state with { OtherName = null }, like: null);
        return backup;
    }

    /// <summary>Writes one, whole or not at all.</summary>
    public void Write(string file, SetupJournal journal)
    {
        string made = PathOf(file + ".new");
        files.Remove(made);
        files.WriteNew(made, FileState.File(journal.ToBytes(), OwnerOnly), like: null);
        files.Rename(made, PathOf(file));
        files.FlushDirectory(Directory);
    }

    /// <summary>Takes one away.</summary>
    public void Remove(string file)
    {
        files.Remove(PathOf(file));
        files.FlushDirectory(Directory);
    }

    /// <summary>Takes away the copies that no journal names.</summary>
    public void Sweep()
    {
        HashSet<string> named = [.. new[] { Read(Journal), Read(Pending), Read(Undoing) }
            .SelectMany(journal => journal?.Entries ?? []).SelectMany(entry => new[] { entry.BackupName, entry.MadeName })];
        foreach (string file in files.List(Directory))
        {
            if ((file.StartsWith("before-", StringComparison.Ordinal) && !named.Contains(file)) || file.EndsWith(".new", StringComparison.Ordinal))
                files.Remove(PathOf(file));
        }
    }

    string PathOf(string file) => $"{Directory}/{file}";

    void MakeMissing(string path, UnixFileMode mode)
    {
        if (files.Look(path).Kind == FileStateKind.Missing)
            files.MakeDirectory(path, mode);
    }
}
