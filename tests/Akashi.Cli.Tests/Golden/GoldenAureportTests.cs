using Akashi.Testing;

namespace Akashi.Cli.Tests.Golden;

/// <summary>aureport against what the original printed, byte for byte, in-process.</summary>
public sealed class GoldenAureportTests(ITestOutputHelper log)
{
    // distros.log -s --summary -i: of a machine that it doesn't know the original prints whatever its memory holds; we print ?.
    const string Undefined = "0468";

    [Fact]
    public void Every_recorded_case_prints_the_same_and_ends_the_same()
    {
        var set = new GoldenSet("golden-aureport.tar.br");
        var accounts = new GoldenSet("golden-ausearch.tar.br");
        using var directory = new TemporaryFolder();
        foreach (string name in TestLogs.Names)
            File.WriteAllBytes(Path.Combine(directory.Path, name), TestLogs.Bytes(name));
        var host = new TestHost(accounts.Text("passwd"), accounts.Text("group"));
        var failures = new List<string>();
        int passed = 0;

        foreach (GoldenCase recorded in set.Cases)
        {
            if (GoldenRun.Compare("aureport", recorded, directory.Path, host) is not { } difference)
                passed++;
            else if (recorded.Name != Undefined)
                failures.Add(difference);
        }

        log.WriteLine($"{passed} passed, {failures.Count} failed; case {Undefined} has no defined output");
        Assert.True(failures.Count == 0, $"{failures.Count} cases differ, {passed} don't:\n" + string.Join('\n', failures.Take(40)));
        Assert.True(passed > 0);
    }
}
