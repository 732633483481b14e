using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Kin;

/// <summary>testdata/golden-kin.tar.gz: recorded runs, the made logs, the accounts.</summary>
public sealed class KinSet
{
    const int FirstArgument = 5;

    readonly Dictionary<string, byte[]> _files = [];

    /// <summary>Unpacks it.</summary>
    public KinSet()
    {
        using var file = new GZipStream(File.OpenRead(RepositoryFiles.PathOf("testdata", "golden-kin.tar.gz")), CompressionMode.Decompress);
        using var archive = new TarReader(file);
        while (archive.GetNextEntry() is { } entry)
        {
            using var copy = new MemoryStream();
            entry.DataStream?.CopyTo(copy);
            _files[Path.GetFileName(entry.Name)] = copy.ToArray();
        }
    }

    /// <summary>The accounts, passwd(5).</summary>
    public string Accounts => Text("passwd");

    /// <summary>Every case.</summary>
    public IEnumerable<KinCase> Cases =>
        Text("cases.tsv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(row => row.Split('\t')).Select(row => new KinCase(
            row[0], row[1], row[2], row[3] == "stdin", int.Parse(row[4]), [.. row.Skip(FirstArgument)], _files[row[0] + ".out"]));

    /// <summary>A log, made or real; empty for a name that is none.</summary>
    public byte[] Log(string name) =>
        _files.TryGetValue(name, out byte[]? made) ? made : TestLogs.Names.Contains(name) ? TestLogs.Bytes(name) : [];

    /// <summary>Puts every log into a folder.</summary>
    public void WriteLogs(string directory)
    {
        foreach (string name in _files.Keys.Where(name => name.EndsWith(".log", StringComparison.Ordinal)).Concat(TestLogs.Names))
            File.WriteAllBytes(Path.Combine(directory, name), Log(name));
    }

    string Text(string name) => Encoding.UTF8.GetString(_files[name]);
}
