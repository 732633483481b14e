using System.Formats.Tar;
using System.IO.Compression;

namespace Akashi.Testing;

/// <summary>An archive of testdata.</summary>
public static class TestArchive
{
    /// <summary>Its files by name, without their folders.</summary>
    /// <param name="name">The archive's: <c>logs.tar.gz</c>.</param>
    public static Dictionary<string, byte[]> Read(string name)
    {
        var files = new Dictionary<string, byte[]>();
        using var file = new GZipStream(File.OpenRead(RepositoryFiles.PathOf("testdata", name)), CompressionMode.Decompress);
        using var archive = new TarReader(file);
        while (archive.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is not { } stream)
                continue;
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            files[Path.GetFileName(entry.Name)] = copy.ToArray();
        }

        return files;
    }
}
