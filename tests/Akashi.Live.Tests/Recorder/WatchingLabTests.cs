using System.Diagnostics;
using Akashi.Testing;

namespace Akashi.Live.Tests.Recorder;

/// <summary>Sessions listed, replayed and watched with a real recorder and a real auditd: tests/lab/watching.py, which says what each case is.</summary>
public sealed class WatchingLabTests(KernelAudit audit)
{
    static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    [Fact]
    [Trait("Category", "Long")]
    public async Task Looks_at_sessions_are_recorded_before_anything_is_seen()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        string program = RepositoryFiles.PathOf("artifacts", "bin", "akashi");
        Assert.SkipUnless(File.Exists(program), "needs the published program: ./build");
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "python3 isn't installed: it is the login server");
        string lab = RepositoryFiles.PathOf("tests", "lab", "watching.py");
        using Process process = Process.Start(new ProcessStartInfo("/usr/bin/python3", [lab, program])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        if (!process.WaitForExit(s_limit))
            process.Kill(entireProcessTree: true);
        string[] cases = [.. File.ReadLines(lab).Where(line => line.StartsWith("def case_", StringComparison.Ordinal)).Select(line => "ok " + line[4..line.IndexOf('(', StringComparison.Ordinal)])];

        Assert.True(cases.Length >= 10);
        Assert.Equal(string.Join('\n', cases) + "\n", await output);
        Assert.Equal((0, ""), (process.ExitCode, await error));
    }
}
