using System.Diagnostics;
using System.Text;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Ausearch;

/// <summary>Debian's tools over records with origins, which our daemon alone writes: they print what they print without them.</summary>
/// <remarks>Skipped where they weren't fetched: eng/yardsticks.sh downloads and unpacks them.</remarks>
public sealed class OriginYardstickTests : IDisposable
{
    const string Origins = " PARENT_COMM=612062 UNIT=\"user@1000.service\" CONTAINER=\"docker:4e1f\" LATE=parent_comm,unit";

    readonly TemporaryFolder _folder = new();

    public OriginYardstickTests()
    {
        List<string> plain = [], told = [];
        foreach (byte[] bytes in TestLogs.Lines("server.log"))
        {
            string line = Encoding.Latin1.GetString(bytes);
            plain.Add(line);
            told.Add(line.Contains("type=SYSCALL ", StringComparison.Ordinal) && line.Contains('\u001d', StringComparison.Ordinal) ? line + Origins : line);
        }

        Assert.InRange(told.Count(line => line.EndsWith(Origins, StringComparison.Ordinal)), 100, int.MaxValue);
        File.WriteAllLines(_folder["plain"], plain, Encoding.Latin1);
        File.WriteAllLines(_folder["told"], told, Encoding.Latin1);
    }

    public void Dispose() => _folder.Dispose();

    [Trait("Category", "Long")]
    [Theory]
    [InlineData("ausearch", "")]
    [InlineData("ausearch", "-i")]
    [InlineData("ausearch", "--format csv")]
    [InlineData("ausearch", "--format text")]
    [InlineData("aureport", "-x -i")]
    [InlineData("aureport", "-s -i")]
    [InlineData("aureport", "--summary -u -i")]
    [InlineData("aureport", "-f -i")]
    public void Debians_tools_pass_over_them(string tool, string options)
    {
        string program = RepositoryFiles.PathOf("artifacts", "yardsticks", "run", tool);
        Assert.SkipUnless(File.Exists(program), "Debian's own tools aren't there: eng/yardsticks.sh fetches them");

        string expected = Run(program, options, _folder["plain"]);

        Assert.NotEmpty(expected);
        Assert.Equal(expected, Run(program, options, _folder["told"]));
    }

    static string Run(string program, string options, string log)
    {
        var start = new ProcessStartInfo(program, $"-if {log} {options}") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C";
        start.Environment["TZ"] = "UTC";
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.Result);
        return output;
    }
}
