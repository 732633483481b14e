using System.Text;
using Akashi.Host;
using Akashi.Linux.Terminals;

namespace Akashi.Daemon.Protect;

/// <summary>What was given the append-only flag in a directory: a file that is only added to, and that whoever guards the directory holds locked.</summary>
/// <param name="files">The machine's files.</param>
/// <param name="directory">The directory that is guarded, an absolute path.</param>
/// <param name="place">Where journals are.</param>
public sealed class ProtectJournal(IFiles files, string directory, string place = ProtectJournal.Place) : IDisposable
{
    /// <summary>Where journals are, but in tests.</summary>
    public const string Place = "/var/lib/akashi/protect";

    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    readonly Lock _gate = new();
    AppendingFile? _file;

    /// <summary>The journal's file.</summary>
    public string Path { get; } = System.IO.Path.Combine(place, Uri.EscapeDataString(directory));

    /// <summary>Holds it, to be written.</summary>
    /// <exception cref="AuditException">Somebody else does, or it can't be made.</exception>
    public void Hold()
    {
        try
        {
            Directory.CreateDirectory(place, OwnerOnly);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AuditException($"cannot make {place}: {FileFault.Describe(exception)}", exception);
        }

        if (AppendingFile.IsHeld(Path))
            throw new AuditException($"{directory} is guarded by another process");
        _file = AppendingFile.Open(Path, isNamed: true);
    }

    /// <summary>Adds a file; any thread.</summary>
    public void Add(ProtectedFile file)
    {
        lock (_gate)
            _file!.Write(Encoding.UTF8.GetBytes(file + "\n"));
    }

    /// <summary>What it holds; lines that are none are passed over.</summary>
    /// <exception cref="AuditException">It can't be read.</exception>
    public List<ProtectedFile> Read()
    {
        if (files.KindOf(Path) == FileKind.Missing)
            return [];

        // Not by .NET's way of opening, which would ask for the lock.
        using var reader = new StreamReader(new FileStream(files.OpenForReading(Path), FileAccess.Read));
        var found = new List<ProtectedFile>();
        while (reader.ReadLine() is { } line)
        {
            if (ProtectedFile.TryParse(line) is { } file)
                found.Add(file);
        }

        return found;
    }

    /// <summary>Throws it away: nothing that it tells of has the flag any more.</summary>
    public void Remove() => File.Delete(Path);

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();
}
