using Akashi.Host;
using Akashi.Setup;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Files;

/// <summary>A file that gives rights to whoever starts it.</summary>
/// <param name="Path">Below the root that was searched, with a slash before it.</param>
/// <param name="Status">Its owner, group and mode.</param>
/// <param name="Capabilities">Its extended attribute security.capability; empty where it has none.</param>
/// <param name="IsInRootsDirectories">Whether nobody but root can take away or exchange a directory of its path.</param>
public sealed record RightsGivingFile(string Path, FileStatus Status, byte[] Capabilities, bool IsInRootsDirectories);

/// <summary>Searches directories for programs that are set-user-id, set-group-id or have file capabilities; no link is followed.</summary>
/// <param name="root">Where to begin; paths are told from here.</param>
/// <param name="enters">Whether a directory is entered: its path, and whether it's on another device than the one it stands in.</param>
public sealed unsafe class ProgramSearch(string root, Func<string, bool, bool> enters)
{
    const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    const int AttributeBytesMax = 64;

    /// <summary>The first number of users and groups that are people's: UID_MIN and GID_MIN of login.defs(5), and what the rules take for a person's auid.</summary>
    public const uint FirstPersonsId = 1000;

    readonly LinuxFiles _files = new();
    readonly string _root = root.TrimEnd('/');
    // Those that others can fill come last: the names of one user mustn't use up the search.
    readonly Stack<(string Path, FileStatus Status, bool IsRoots)> _directories = new();
    readonly Stack<(string Path, FileStatus Status, bool IsRoots)> _othersDirectories = new();
    readonly HashSet<(ulong, ulong)> _entered = [];

    // Of several names of one file (hard links, bind mounts) the first in order, root's before those of others, of these the lasting first: the kernel watches the file, not the name.
    readonly Dictionary<(ulong, ulong), RightsGivingFile> _found = [];

    /// <summary>Whether a name outlasts the next boot.</summary>
    public Func<string, bool> Lasts { get; init; } = _ => true;

    /// <summary>How many names are looked at before it ends.</summary>
    public int NamesMax { get; init; } = 5_000_000;

    /// <summary>How many names were looked at.</summary>
    public int NameCount { get; private set; }

    /// <summary>How many directories and names could not be read.</summary>
    public int UnreadableCount { get; private set; }

    /// <summary>Whether it ended at <see cref="NamesMax"/>, and left directories out.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Searches.</summary>
    /// <returns>The files, by path.</returns>
    public IReadOnlyList<RightsGivingFile> Find()
    {
        if (_files.TryLook(_root.Length == 0 ? "/" : _root, followsLink: true, out FileStatus status))
            _directories.Push(("", status, true));
        while (!IsCut && (_directories.TryPop(out var directory) || _othersDirectories.TryPop(out directory)))
        {
            if (_entered.Add((directory.Status.Device, directory.Status.Inode)))
                Read(directory.Path, directory.Status.Device, directory.IsRoots);
        }

        return [.. _found.Values.OrderBy(file => file.Path, StringComparer.Ordinal)];
    }

    void Read(string directory, ulong device, bool isRoots)
    {
        try
        {
            foreach (string name in Directory.EnumerateFileSystemEntries($"{_root}{directory}/"))
            {
                if (++NameCount > NamesMax)
                {
                    IsCut = true;
                    return;
                }

                Take($"{directory}/{Path.GetFileName(name.AsSpan())}", device, isRoots);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            UnreadableCount++;
        }
    }

    void Take(string path, ulong device, bool isRoots)
    {
        // Gone since, or a name that isn't UTF-8: no rule could name it either.
        if (!_files.TryLook(_root + path, followsLink: false, out FileStatus status))
            UnreadableCount++;
        else if (status.Kind == FileKind.Directory && enters(path, status.Device != device))
            Push(path, status, isRoots);
        else if (status.Kind == FileKind.Regular && (status.Mode & Execute) != 0)
            TakeProgram(path, status, isRoots);
    }

    // Who may write to a directory may move away what is in it, also a directory of root's, but where the sticky bit is set.
    void Push(string path, FileStatus status, bool isRoots)
    {
        bool isWrittenByOthers = status.Mode.HasFlag(UnixFileMode.OtherWrite) || (status.Mode.HasFlag(UnixFileMode.GroupWrite) && status.Gid >= FirstPersonsId);
        isRoots &= status.Uid == 0 && (!isWrittenByOthers || status.Mode.HasFlag(UnixFileMode.StickyBit));
        (isRoots && !isWrittenByOthers ? _directories : _othersDirectories).Push((path, status, isRoots));
    }

    void TakeProgram(string path, FileStatus status, bool isRoots)
    {
        byte[] capabilities = ReadCapabilities(_root + path);
        if (!GivesUser(status.Mode) && !GivesGroup(status.Mode) && (capabilities.Length == 0 || FileCapabilities.None.SequenceEqual(capabilities)))
            return;
        var key = (status.Device, status.Inode);
        if (!_found.TryGetValue(key, out RightsGivingFile? other) || (RankOf(path, isRoots), -string.CompareOrdinal(path, other.Path)).CompareTo((RankOf(other.Path, other.IsInRootsDirectories), 0)) > 0)
            _found[key] = new RightsGivingFile(path, status, capabilities, isRoots);

        int RankOf(string name, bool isRootsName) => !isRootsName ? 0 : Lasts(name) ? 2 : 1;
    }

    /// <summary>Whether a program of this mode runs as its owner.</summary>
    public static bool GivesUser(UnixFileMode mode) => mode.HasFlag(UnixFileMode.SetUser);

    /// <summary>Whether a program of this mode runs with its group; without the group's right to execute the bit means locking, execve(2).</summary>
    public static bool GivesGroup(UnixFileMode mode) => mode.HasFlag(UnixFileMode.SetGroup | UnixFileMode.GroupExecute);

    static byte[] ReadCapabilities(string path)
    {
        byte* value = stackalloc byte[AttributeBytesMax];
        nint length = lgetxattr(path, "security.capability", value, AttributeBytesMax);
        return length > 0 ? new ReadOnlySpan<byte>(value, (int)length).ToArray() : [];
    }
}
