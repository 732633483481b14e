using Akashi.Testing;

namespace Akashi.Cli.Tests.Golden;

/// <summary>ausearch against what the original printed, byte for byte, in-process.</summary>
public sealed class GoldenAusearchTests(ITestOutputHelper log)
{
    [Fact]
    public void Every_recorded_case_prints_the_same_and_ends_the_same()
    {
        var set = new GoldenSet("golden-ausearch.tar.br");
        string directory = Directory.CreateTempSubdirectory("akashi-golden-").FullName;
        foreach (string name in TestLogs.Names)
            File.WriteAllBytes(Path.Combine(directory, name), TestLogs.Bytes(name));
        var host = new TestHost(set.Text("passwd"), set.Text("group"));
        var failures = new List<string>();
        int passed = 0;

        foreach (GoldenCase recorded in set.Cases)
        {
            if (GoldenRun.Compare("ausearch", recorded, directory, host) is { } difference)
                failures.Add(difference);
            else
                passed++;
        }

        Directory.Delete(directory, recursive: true);
        log.WriteLine($"{passed} passed, {failures.Count} failed");
        if (Environment.GetEnvironmentVariable("AKASHI_GOLDEN_REPORT") is { } report)
            File.WriteAllLines(report, [.. failures, $"{passed} passed, {failures.Count} failed"]);
        Assert.True(passed > 0);
        Assert.True(failures.Count == 0, $"{failures.Count} cases differ, {passed} don't:\n" + string.Join('\n', failures.Take(40)));
    }
}
