using System.Diagnostics;
using Akashi.Testing;

namespace Akashi.Live.Tests.Recorder;

/// <summary>Recorded logins by Debian's sshd and PAM, each compared with the same login unrecorded: tests/lab/logins.py, which says what each row is.</summary>
[Trait("Category", "Long")]
public sealed class LoginLabTests(KernelAudit audit)
{
    static readonly TimeSpan s_limit = TimeSpan.FromMinutes(15);

    [Fact]
    public Task Logins_are_the_same_but_recorded() => RunAsync(["same_", "differs_", "case_", "setup_"], []);

    [Fact]
    public async Task No_password_reaches_a_record_with_pam_tty_audit_and_the_recorder_both_set_up()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        await RunAsync(["audit_"], ["audit_"]);
    }

    static async Task RunAsync(string[] starts, string[] arguments)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: mount namespaces, users");
        string program = RepositoryFiles.PathOf("artifacts", "bin", "akashi"), yardsticks = RepositoryFiles.PathOf("artifacts", "yardsticks");
        Assert.SkipUnless(File.Exists(program), "needs the published program: ./build");
        Assert.SkipUnless(File.Exists(Path.Combine(yardsticks, "root", "usr", "bin", "rsync")), "Debian's sshd and rsync aren't there: eng/yardsticks.sh fetches them");
        foreach (string needed in (string[])["python3", "tmux", "vim", "git", "zsh", "xauth", "unshare"])
            Assert.SkipUnless(File.Exists("/usr/bin/" + needed), $"{needed} isn't installed");
        string lab = RepositoryFiles.PathOf("tests", "lab", "logins.py");
        var start = new ProcessStartInfo("/usr/bin/python3", [lab, program, yardsticks, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AKASHI_AUDIT_LOCK_HELD"] = "1";
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        if (!process.WaitForExit(s_limit))
            process.Kill(entireProcessTree: true);
        string[] rows = [.. File.ReadLines(lab).Where(line => starts.Any(word => line.StartsWith("def " + word, StringComparison.Ordinal)))
            .Select(line => "ok " + line[4..line.IndexOf('(', StringComparison.Ordinal)])];

        Assert.True(rows.Length >= arguments.Length);
        Assert.Equal(rows.Order(StringComparer.Ordinal), (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
        Assert.Equal((0, ""), (process.ExitCode, await error));
    }
}
