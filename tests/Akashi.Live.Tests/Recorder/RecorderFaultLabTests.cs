using System.Diagnostics;
using Akashi.Testing;

namespace Akashi.Live.Tests.Recorder;

/// <summary>The recorder where things fail, with real logins: tests/lab/recorder_faults.py, which says what each case is.</summary>
public sealed class RecorderFaultLabTests
{
    [Fact]
    public Task Services_disks_settings_and_crowds_that_fail_cost_no_recording() => Run("short", "case_", TimeSpan.FromMinutes(5), 18);

    [Theory]
    [InlineData("long_service_killed_fifty_times_under_twenty_sessions")]
    [InlineData("long_ten_thousand_hand_made_claims")]
    [InlineData("long_a_thousand_sessions_leave_nothing")]
    [Trait("Category", "Long")]
    public Task Neither_do_many_of_them(string name) => Run(name, name, TimeSpan.FromMinutes(10), 1);

    static async Task Run(string wanted, string prefix, TimeSpan limit, int casesMin)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: mount namespaces, users");
        string program = RepositoryFiles.PathOf("artifacts", "bin", "akashi");
        Assert.SkipUnless(File.Exists(program), "needs the published program: ./build");
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "python3 isn't installed: it is the login server");
        string lab = RepositoryFiles.PathOf("tests", "lab", "recorder_faults.py");
        using Process process = Process.Start(new ProcessStartInfo("/usr/bin/python3", [lab, program, wanted])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        if (!process.WaitForExit(limit))
            process.Kill(entireProcessTree: true);
        string[] cases = [.. File.ReadLines(lab).Where(line => line.StartsWith("def " + prefix, StringComparison.Ordinal))
            .Select(line => "ok " + line[4..line.IndexOf('(', StringComparison.Ordinal)])];

        // Figures stand behind a number sign.
        Assert.True(cases.Length >= casesMin);
        Assert.Equal(cases, (await output).Split('\n').Where(line => line.Length > 0 && line[0] != '#'));
        Assert.Equal((0, ""), (process.ExitCode, await error));
    }
}
