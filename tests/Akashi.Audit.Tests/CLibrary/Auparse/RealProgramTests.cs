using Akashi.Testing;

namespace Akashi.Audit.Tests.CLibrary.Auparse;

/// <summary>Debian's own programs that read by libauparse, with theirs and with ours: they print the same.</summary>
public sealed class RealProgramTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("usr/bin/aulast", "-f")]
    [InlineData("usr/bin/auvirt", "--summary", "--file")]
    public void Logins_and_machines_are_the_same(string program, params string[] arguments)
    {
        int lines = 0;
        foreach ((string name, byte[] bytes) in TestArchive.Read("golden-kin.tar.gz").Where(file => file.Key.EndsWith(".log", StringComparison.Ordinal)))
        {
            string log = _folder[name];
            File.WriteAllBytes(log, bytes);

            string expected = Run(program, "", [.. arguments, log]), actual = Run(program, OwnLibrary.Place, [.. arguments, log]);

            Assert.Equal(expected, actual);
            lines += expected.Count('\n');
        }

        Assert.True(lines > 20, $"{lines} lines");
    }

    static string Run(string program, string first, string[] arguments)
    {
        string path = Path.Combine(RepositoryFiles.PathOf("artifacts", "yardsticks"), "root", program);
        Assert.SkipUnless(File.Exists(path), $"Debian's {program} isn't there: eng/yardsticks.sh fetches it");
        return Yardstick.Run(path, new() { ["LD_LIBRARY_PATH"] = first.Length == 0 ? Yardstick.Libraries : $"{first}:{Yardstick.Libraries}", ["TZ"] = "UTC" }, arguments);
    }
}
