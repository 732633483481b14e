using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Golden;

/// <summary>The recorded runs of an archive in testdata, and the accounts they were recorded with.</summary>
public sealed class GoldenSet
{
    const int FirstArgument = 5;

    readonly Dictionary<string, byte[]> _files = [];

    /// <summary>Unpacks an archive.</summary>
    public GoldenSet(string archiveName)
    {
        using var file = new BrotliStream(File.OpenRead(RepositoryFiles.PathOf("testdata", archiveName)), CompressionMode.Decompress);
        using var archive = new TarReader(file);
        while (archive.GetNextEntry() is { } entry)
        {
            if (entry.EntryType == TarEntryType.HardLink)
                _files[Path.GetFileName(entry.Name)] = _files[Path.GetFileName(entry.LinkName)];
            else if (entry.DataStream is { } stream)
                _files[Path.GetFileName(entry.Name)] = ReadAll(stream);
            else if (entry.EntryType == TarEntryType.RegularFile)
                _files[Path.GetFileName(entry.Name)] = [];
        }
    }

    /// <summary>A file of the set as text.</summary>
    public string Text(string name) => Encoding.UTF8.GetString(_files[name]);

    /// <summary>Every case.</summary>
    public IEnumerable<GoldenCase> Cases =>
        Text("cases.tsv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(row => row.Split('\t')).Select(row => new GoldenCase(
            row[0], row[1], row[2] == "stdin", int.Parse(row[3]), [.. row.Skip(FirstArgument).Select(Unquote)], _files[row[0] + ".out"]));

    // The words recorded have nothing but blanks to protect.
    static string Unquote(string word) => word.Trim('\'');

    static byte[] ReadAll(Stream stream)
    {
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
