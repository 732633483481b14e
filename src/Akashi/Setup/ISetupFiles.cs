namespace Akashi.Setup;

/// <summary>The steps on files that a setup is made of; each is one change of the disk, so that a test can stop between any two.</summary>
/// <remarks>Every method throws <see cref="Host.AuditException"/> with path and reason where the machine refuses.</remarks>
public interface ISetupFiles
{
    /// <summary>What stands under a name; a link is not followed.</summary>
    FileState Look(string path);

    /// <summary>The names in a directory; none where it isn't there.</summary>
    IReadOnlyList<string> List(string directory);

    /// <summary>Makes a directory whose parent is there.</summary>
    void MakeDirectory(string path, UnixFileMode mode);

    /// <summary>Writes a file under a name that nothing has, with owner and mode, and has it on the disk.</summary>
    /// <param name="path">The name.</param>
    /// <param name="state">What it is to hold.</param>
    /// <param name="like">A file whose extended attributes (security label, access list) it gets; null, or nothing there, for none.</param>
    void WriteNew(string path, FileState state, string? like);

    /// <summary>Makes a symbolic link under a name that nothing has.</summary>
    void MakeLink(string path, string target);

    /// <summary>Makes another name of a file, link(2).</summary>
    void MakeName(string path, string existing);

    /// <summary>Renames over whatever has the name, rename(2): nobody sees neither.</summary>
    void Rename(string from, string to);

    /// <summary>Takes a name away; nothing where there's none.</summary>
    void Remove(string path);

    /// <summary>Takes an empty directory away; nothing where it isn't there or isn't empty.</summary>
    void RemoveDirectory(string path);

    /// <summary>Has a directory's names on the disk, fsync(2).</summary>
    void FlushDirectory(string path);
}
