namespace Akashi.Setup;

/// <summary>What stands, or is to stand, under a name.</summary>
public enum FileStateKind
{
    /// <summary>Nothing.</summary>
    Missing,

    /// <summary>A regular file.</summary>
    File,

    /// <summary>A symbolic link.</summary>
    Link,

    /// <summary>A directory.</summary>
    Directory,
}

/// <summary>What stands, or is to stand, under a name: nothing, a file whole, a symbolic link, a directory.</summary>
/// <remarks>Two states are the same where kind, bytes, target, owner, mode and <see cref="StartsSecurely"/> are; <see cref="OtherName"/> doesn't count, nor what a directory holds.</remarks>
public sealed record FileState
{
    const UnixFileMode ReadByAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    const UnixFileMode ReadByGroup = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    FileState(FileStateKind kind) => Kind = kind;

    /// <summary>Nothing of that name.</summary>
    public static FileState Missing { get; } = new(FileStateKind.Missing);

    /// <summary>What it is.</summary>
    public FileStateKind Kind { get; }

    /// <summary>A file's bytes, all of them.</summary>
    public byte[] Bytes { get; init; } = [];

    /// <summary>A link's text.</summary>
    public string Target { get; init; } = "";

    /// <summary>The permissions of a file or directory.</summary>
    public UnixFileMode Mode { get; init; } = ReadByAll;

    /// <summary>The owner.</summary>
    public uint Uid { get; init; }

    /// <summary>The group.</summary>
    public uint Gid { get; init; }

    /// <summary>The path of a file that this is to be another name of (a hard link): its bytes are the same; null for a file of its own.</summary>
    public string? OtherName { get; init; }

    /// <summary>
    /// Whether a program file has who starts it ignore what the environment tells the loader (LD_PRELOAD, LD_LIBRARY_PATH …; ld.so(8), secure-execution mode), for every user but root:
    /// it has file capabilities, and they are none. A file system mounted nosuid doesn't heed it.
    /// </summary>
    public bool StartsSecurely { get; init; }

    /// <summary>A file of root.</summary>
    public static FileState File(byte[] bytes, UnixFileMode mode = ReadByAll) => new(FileStateKind.File) { Bytes = bytes, Mode = mode };

    /// <summary>A symbolic link.</summary>
    public static FileState Link(string target) => new(FileStateKind.Link) { Target = target };

    /// <summary>A directory of root.</summary>
    public static FileState Directory(UnixFileMode mode) => new(FileStateKind.Directory) { Mode = mode };

    /// <summary>The same file with other bytes: owner and mode stay. Where there was none, one that root and its group may read.</summary>
    public FileState WithBytes(byte[] bytes) => Kind == FileStateKind.File ? this with { Bytes = bytes, OtherName = null } : File(bytes, ReadByGroup);

    /// <inheritdoc/>
    public bool Equals(FileState? other) => other is not null && Kind == other.Kind && Kind switch
    {
        FileStateKind.File => Mode == other.Mode && Uid == other.Uid && Gid == other.Gid && StartsSecurely == other.StartsSecurely && Bytes.AsSpan().SequenceEqual(other.Bytes),
        FileStateKind.Link => Target == other.Target,
        _ => true,
    };

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Bytes.Length, Target);
}
