namespace Akashi.Live.Tests.Netlink;

/// <summary>A temporary directory that rules of one test are scoped to.</summary>
sealed class OwnDirectory : IDisposable
{
    readonly string _path = Directory.CreateTempSubdirectory("akashi-live-").FullName;

    /// <summary>The path of a file in it, which needn't exist.</summary>
    internal string File(string name) => Path.Combine(_path, name);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_path, recursive: true);
}
