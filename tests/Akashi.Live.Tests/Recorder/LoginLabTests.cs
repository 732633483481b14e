using Akashi.Testing;

namespace Akashi.Live.Tests.Recorder;

/// <summary>Recorded logins by Debian's sshd and PAM, each compared with the same login unrecorded: tests/lab/logins.py, which says what each row is.</summary>
[Trait("Category", "Long")]
public sealed class LoginLabTests(KernelAudit audit)
{
    static readonly string[] s_needed = ["tmux", "vim", "git", "zsh", "xauth", "unshare"];

    [Fact]
    public Task Logins_are_the_same_but_recorded() => RunAsync(["same_", "differs_", "case_", "setup_"], [], rowsMin: 65, TimeSpan.FromMinutes(14));

    [Fact]
    public async Task No_password_reaches_a_record_and_trials_of_setup_are_known_by_theirs()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        await RunAsync(["audit_"], ["audit_"], rowsMin: 2, TimeSpan.FromMinutes(3));
    }

    static Task RunAsync(string[] starts, string[] arguments, int rowsMin, TimeSpan limit)
    {
        string program = PythonLab.RequireProgram(), yardsticks = RepositoryFiles.PathOf("artifacts", "yardsticks");
        Assert.SkipUnless(File.Exists(Path.Combine(yardsticks, "root", "usr", "bin", "rsync")), "Debian's sshd and rsync aren't there: eng/yardsticks.sh fetches them");
        foreach (string needed in s_needed)
            Assert.SkipUnless(File.Exists("/usr/bin/" + needed), $"{needed} isn't installed");
        return new PythonLab("logins.py").RunAsync([program, yardsticks, .. arguments], starts, rowsMin, limit);
    }
}
