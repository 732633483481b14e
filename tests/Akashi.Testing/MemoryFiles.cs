using Akashi.Host;
using Akashi.Setup;

namespace Akashi.Testing;

/// <summary>A file system in memory, for setups.</summary>
public sealed class MemoryFiles : ISetupFiles
{
    readonly Dictionary<string, FileState> _files = new() { ["/"] = FileState.Directory(default) };

    /// <summary>Everything but directories, in order: path and what stands there.</summary>
    public IReadOnlyList<(string Path, FileState State)> All =>
        [.. _files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => (file.Key, file.Value))];

    /// <summary>Puts a text there, with the directories above.</summary>
    public void Put(string path, string text, uint uid = 0)
    {
        foreach (string parent in SetupPath.Parents(path))
            _files.TryAdd(parent, FileState.Directory(default));
        _files[path] = FileState.File(System.Text.Encoding.UTF8.GetBytes(text)) with { Uid = uid };
    }

    /// <summary>The text of a file; null where there is none.</summary>
    public string? Text(string path) => _files.TryGetValue(path, out FileState? state) ? System.Text.Encoding.UTF8.GetString(state.Bytes) : null;

    public FileState Look(string path) => _files.GetValueOrDefault(path, FileState.Missing);

    public IReadOnlyList<string> List(string directory) => [.. Below(directory).Select(path => path[(directory.Length + 1)..])];

    public void MakeDirectory(string path, UnixFileMode mode) => Make(path, FileState.Directory(mode));

    public void WriteNew(string path, FileState state, string? like) => Make(path, state);

    public void MakeLink(string path, string target) => Make(path, FileState.Link(target));

    public void MakeName(string path, string existing) => Make(path, _files[existing]);

    public void Rename(string from, string to)
    {
        _files[to] = _files[from];
        _files.Remove(from);
    }

    public void Remove(string path) => _files.Remove(path);

    public void RemoveDirectory(string path)
    {
        if (Look(path).Kind == FileStateKind.Directory && !Below(path).Any())
            _files.Remove(path);
    }

    public void FlushDirectory(string path)
    {
    }

    void Make(string path, FileState state)
    {
        if (Look(path[..Math.Max(path.LastIndexOf('/'), 1)]).Kind != FileStateKind.Directory)
            throw new TrailException("make", path, 2, "No such file or directory");
        if (!_files.TryAdd(path, state))
            throw new TrailException("make", path, 17, "File exists");
    }

    IEnumerable<string> Below(string directory) => _files.Keys.Where(path =>
        path.StartsWith(directory + "/", StringComparison.Ordinal) && path.IndexOf('/', directory.Length + 1) < 0);
}
