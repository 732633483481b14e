using System.Diagnostics.CodeAnalysis;
using Akashi.Daemon.State;
using Akashi.Host;
using Akashi.Linux.Files;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Daemon.KernelState;

/// <summary>Where a snapshot waits for whoever restores: <c>/run/akashi/kernel/before</c>, which doesn't outlive a boot, as the kernel's state doesn't.</summary>
/// <remarks>
/// The directory is 0700, the file 0600; both are root's. A new file is written beside, brought to the disk and renamed, so that a reader finds
/// a whole one or none. <see cref="Lock"/> is held by whoever restores and removes.
/// </remarks>
/// <param name="files">The machine's files.</param>
/// <param name="directory">The directory; <see cref="DefaultDirectory"/> but in tests.</param>
/// <param name="formerDirectory">Where an earlier version had it, in tests; of the default directory it's known.</param>
/// <param name="name">The file's name: one of its own for whoever changes the kernel beside its owner.</param>
public sealed class KernelSnapshotFile(
    IFiles files, string directory, string? formerDirectory = null, string name = KernelSnapshotFile.OwnerName)
{
    /// <summary>The name of the file of who owns the kernel's audit.</summary>
    public const string OwnerName = "before";

    const string BesideName = "beside-";

    /// <summary>The directory.</summary>
    public const string DefaultDirectory = RunPlace.Root + "/kernel";

    const string NewSuffix = ".new";
    const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The file.</summary>
    public string Path { get; } = System.IO.Path.Combine(directory, name);

    /// <summary>The directory.</summary>
    public string Directory => directory;

    /// <summary>Where an earlier version left its snapshot; null where that is no question.</summary>
    public KernelSnapshotFile? Former =>
        name != OwnerName ? null
        : formerDirectory is not null ? new KernelSnapshotFile(files, formerDirectory)
        : directory == DefaultDirectory ? new KernelSnapshotFile(files, RunPlace.Root)
        : null;

    /// <summary>The file's name.</summary>
    public string Name => name;

    /// <summary>The file of a process that adds rules beside the owner of the kernel's audit.</summary>
    public static KernelSnapshotFile Beside(IFiles files, string directory, int pid) =>
        new(files, directory, name: string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{BesideName}{pid}"));

    /// <summary>The files of processes that add rules beside the owner, alive or not.</summary>
    public static IEnumerable<KernelSnapshotFile> FindBeside(IFiles files, string directory) =>
        System.IO.Directory.Exists(directory)
            ? System.IO.Directory.GetFiles(directory, BesideName + "*")
                .Where(path => !path.EndsWith(NewSuffix, StringComparison.Ordinal))
                .Select(path => new KernelSnapshotFile(files, directory, name: System.IO.Path.GetFileName(path)))
            : [];

    /// <summary>Makes the directory where it's missing, and waits for the lock of those who restore.</summary>
    /// <exception cref="TrailException">It can't be made or locked.</exception>
    public FileLock Lock()
    {
        RunPlace.Make(files, directory);
        return FileLock.Take(System.IO.Path.Combine(directory, "restore.lock"));
    }

    /// <summary>Writes a snapshot in place of the one there is.</summary>
    /// <exception cref="TrailException">The directory or the disk refused.</exception>
    public void Write(KernelSnapshot snapshot)
    {
        RunPlace.Make(files, directory);
        string beside = Path + NewSuffix;
        Answer("write", beside, () => File.Delete(beside));
        using (SafeFileHandle handle = files.OpenForAppending(beside, FileMode))
        {
            files.Append(handle, KernelSnapshotText.Write(snapshot), beside);
            files.Flush(handle, beside);
        }

        Answer("rename", beside, () => File.Move(beside, Path, overwrite: true));
        FlushDirectory();
    }

    /// <summary>Reads the snapshot there is.</summary>
    /// <returns>False where there is none.</returns>
    /// <exception cref="AuditException">It can't be read, or isn't one.</exception>
    public bool TryRead([NotNullWhen(true)] out KernelSnapshot? snapshot)
    {
        snapshot = null;
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(Path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AuditException($"cannot read {Path}: {FileFault.Describe(exception)}", exception);
        }

        return KernelSnapshotText.TryRead(bytes, out snapshot)
            ? snapshot is not null
            : throw new AuditException($"{Path} is damaged: the kernel's audit is left as it is (look at it with auditctl -s and -l, then remove the file)");
    }

    /// <summary>Removes it; nothing happens where there is none.</summary>
    /// <exception cref="TrailException">The directory refused.</exception>
    public void Remove()
    {
        Answer("remove", Path, () => File.Delete(Path));
        if (System.IO.Directory.Exists(directory))
            FlushDirectory();
    }

    void FlushDirectory()
    {
        using SafeFileHandle handle = files.OpenForReading(directory);
        files.Flush(handle, directory);
    }

    static void Answer(string operation, string path, Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FileFault.Of(operation, path, exception);
        }
    }
}
