using Akashi.Testing;

namespace Akashi.Cli.Tests.Kin;

/// <summary>aulast, aulastlog, auvirt and ausyscall against what Debian's 3.0.9 printed, byte for byte, in-process.</summary>
public sealed class GoldenKinTests
{
    static readonly Lazy<KinSet> s_set = new(() => new KinSet());

    public static TheoryData<string> Tools => ["aulast", "aulastlog", "auvirt", "ausyscall"];

    [Theory]
    [MemberData(nameof(Tools))]
    public void Every_recorded_case_prints_the_same_and_ends_the_same(string tool)
    {
        using var folder = new TemporaryFolder();
        s_set.Value.WriteLogs(folder.Path);
        var host = new TestHost(s_set.Value.Accounts);
        var failures = new List<string>();
        int passed = 0;

        foreach (KinCase recorded in s_set.Value.Cases.Where(recorded => recorded.Tool == tool))
        {
            KinRun run = KinRun.Of(
                tool,
                [.. recorded.Arguments.Select(word => word == recorded.Log ? folder[word] : word)],
                host,
                recorded.IsPiped ? s_set.Value.Log(recorded.Log) : null);
            byte[] printed = KinDifferences.IsNewerTable(recorded) ? KinDifferences.Shared(recorded.Output, run.Output) : run.Output;
            if (KinDifferences.IsMended(recorded) || (run.ExitCode == recorded.ExitCode && printed.AsSpan().SequenceEqual(recorded.Output)))
                passed++;
            else
                failures.Add($"{recorded}: exit code {run.ExitCode}, expected {recorded.ExitCode}; {KinRun.Difference(recorded.Output, printed)}");
        }

        Assert.True(passed > 0);
        Assert.True(failures.Count == 0, $"{failures.Count} cases differ, {passed} don't:\n" + string.Join('\n', failures.Take(20)));
    }

    [Fact]
    public void A_login_right_after_another_is_a_users_last_one()
    {
        KinRun run = KinRun.Of("aulastlog", ["--stdin", "-u", "root"], new TestHost(s_set.Value.Accounts), s_set.Value.Log("s14.log"));

        Assert.Equal(
            "Username         Port         From                       Latest\n"
            + "root             pts/4        h2                         11/14/23 22:13:24\n",
            run.Text);
    }
}
