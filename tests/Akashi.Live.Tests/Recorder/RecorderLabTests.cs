using System.Diagnostics;
using Akashi.Testing;

namespace Akashi.Live.Tests.Recorder;

/// <summary>The recorder with real logins of a test user and that user's attacks: tests/lab/recorder.py, which says what each case is.</summary>
public sealed class RecorderLabTests
{
    static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Logins_are_recorded_and_their_users_reach_nothing()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: mount namespaces, users");
        string program = RepositoryFiles.PathOf("artifacts", "bin", "akashi");
        Assert.SkipUnless(File.Exists(program), "needs the published program: ./build");
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "python3 isn't installed: it is the login server");
        string lab = RepositoryFiles.PathOf("tests", "lab", "recorder.py");
        using Process process = Process.Start(new ProcessStartInfo("/usr/bin/python3", [lab, program])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        if (!process.WaitForExit(s_limit))
            process.Kill(entireProcessTree: true);
        string[] cases = [.. File.ReadLines(lab).Where(line => line.StartsWith("def case_", StringComparison.Ordinal)
            || line.StartsWith("def attack_", StringComparison.Ordinal)).Select(line => "ok " + line[4..line.IndexOf('(', StringComparison.Ordinal)])];

        Assert.True(cases.Length >= 30);
        Assert.Equal(string.Join('\n', cases) + "\n", await output);
        Assert.Equal((0, ""), (process.ExitCode, await error));
    }
}
