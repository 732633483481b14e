using System.Text;
using Akashi.Recordings;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Recordings;

/// <summary>What <c>akashi record --input</c> keeps of passwords, with the real programs that ask for them: nothing.</summary>
[Trait("Category", "Long")]
public sealed class RecordSecretsTests
{
    const string Secret = "hidden-Horse-7";
    const string User = "setpriv --reuid 61001 --regid 61001 --clear-groups ";

    [Theory]
    [InlineData("bash -c 'read -s -p Pass: x; echo; echo got ${#x}'", "Pass:", "got 14")]
    [InlineData("sh -c 'stty -echo; printf Pass:; read x; stty echo; echo got ${#x}'", "Pass:", "got 14")]
    [InlineData("/usr/bin/python3 -c 'import getpass; print(\"got\", len(getpass.getpass(\"Pass:\")))'", "Pass:", "got 14")]
    [InlineData("openssl passwd -6 -salt s", "Password:", "$6$s$")]
    [InlineData("ssh-keygen -q -t ed25519 -f key", "passphrase", "same passphrase")]
    [InlineData("psql -W -h 127.0.0.1 -p 1", "assword", "refused")]
    public void A_password_that_is_asked_for_without_echo_is_not_stored(string command, string prompt, string answer)
    {
        using var session = new RecordedSession();
        string program = command.Split(' ')[0];
        Assert.SkipUnless(File.Exists(program) || File.Exists("/usr/bin/" + program) || File.Exists("/bin/" + program), $"{program} isn't installed");

        bool isAskedTwice = answer == "same passphrase";
        int exitCode = session.RunOnTerminal(
            [("$ ", command + "\r"), ("\n", ""), (prompt, ""), ("~", Secret + "\r"), (answer, isAskedTwice ? Secret + "\r" : ""), ("$ ", "exit\r")],
            RecordedSession.Program, "record", "-q", "--input", "session.cast");

        Assert.True(exitCode is 0 or 2, session.Error);
        AssertKeepsSecret(session, command);
    }

    [Fact]
    public void C_s_getpass()
    {
        using var session = new RecordedSession();
        Assert.SkipUnless(File.Exists("/usr/bin/cc"), "no C compiler is installed");
        Assert.Equal(0, session.Run("printf '#include <unistd.h>\\n#include <stdio.h>\\n#include <string.h>\\nint main(void) { printf(\"got %%zu\\\\n\", strlen(getpass(\"Pass:\"))); }' >asker.c; cc -w -o asker asker.c"));

        session.RunOnTerminal([("$ ", "./asker\r"), ("\n", ""), ("Pass:", ""), ("~", Secret + "\r"), ("got 14", ""), ("$ ", "exit\r")], RecordedSession.Program, "record", "-q", "--input", "session.cast");

        AssertKeepsSecret(session, "./asker");
    }

    [Theory]
    [InlineData("$AKASHI_LAB_SUDO id", "akashi-lab:", "lab-horse-lab", "uid=0", 1)]
    [InlineData("$AKASHI_LAB_SUDO id", "akashi-lab:", Secret, "try again", 2)]
    [InlineData("su akashi-lab -c id", "assword:", "lab-horse-lab", "uid=61001", 1)]
    public void Programs_that_change_who_one_is(string command, string prompt, string password, string answer, int lineCount)
    {
        using var session = new RecordedSession();

        // A wrong one is asked for again: that line has Ctrl-C for an answer.
        (string, string)[] again = lineCount == 2 ? [(prompt, ""), ("~", "\u0003")] : [];
        RunInLab(session, [("# ", User + command + "\r"), ("\n", ""), (prompt, ""), ("~", password + "\r"), (answer, ""), .. again, ("# ", "exit\r")]);

        Assert.DoesNotContain(password, session.FileText, StringComparison.Ordinal);

        // More where the machine took longer than 300 ms to answer a key of bash's.
        Assert.InRange(session.ReadEvents().Count(text => text == "w:"), lineCount, int.MaxValue);
    }

    [Fact]
    public void Passwd_is_told_three_passwords()
    {
        using var session = new RecordedSession();

        RunInLab(
            session,
            [
                ("# ", User + "passwd\r"), ("urrent password:", ""), ("~", "lab-horse-lab\r"), ("New password:", ""), ("~", Secret + "\r"),
                ("Retype new password:", ""), ("~", Secret + "\r"), ("successfully", ""), ("# ", "exit\r"),
            ]);

        Assert.DoesNotContain("lab-horse", session.FileText, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, session.FileText, StringComparison.Ordinal);
        Assert.InRange(session.ReadEvents().Count(text => text == "w:"), 3, int.MaxValue);
    }

    [Fact]
    public void Ssh()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can make the lab for ssh");
        using var session = new RecordedSession();

        // The lab's server takes no password as right: all that matters is that ssh asks for it.
        int exitCode = session.RunOnTerminal(
            [("ready ", "lab/ssh -o PubkeyAuthentication=no true\r"), ("assword:", ""), ("~", Secret + "\r"), ("try again", ""), ("assword:", ""), ("~", "\u0003"), ("$ ", "exit\r")],
            "sh", "-c", "\"$0\" lab 60 & \"$1\" record -q --input session.cast; kill $!; wait", RepositoryFiles.PathOf("tests", "lab", "sshd.sh"), RecordedSession.Program);

        Assert.True(exitCode != 99, session.Error);
        AssertKeepsSecret(session, "lab/ssh");
    }

    [Fact]
    public void Keys_that_show_nothing_in_raw_mode_are_withheld()
    {
        using var session = new RecordedSession();
        Assert.SkipUnless(File.Exists("/bin/bash"), "bash isn't installed");

        session.RunOnTerminal(
            [("$ ", $"read -s -n{Secret.Length} -p Pass: x; echo; echo got ${{#x}}\r"), ("\n", ""), ("Pass:", ""), ("~", Secret), ("got 14", ""), ("$ ", "exit\r")],
            RecordedSession.Program, "record", "-q", "--input", "session.cast", "--", "bash", "--norc", "--noprofile");

        AssertKeepsSecret(session, "");
    }

    [Fact]
    public void What_is_typed_otherwise_is_recorded()
    {
        using var session = new RecordedSession();

        session.RunOnTerminal(
            [("$ ", "echo $((40+2))\r"), ("42", ""), ("$ ", "exit\r")], RecordedSession.Program, "record", "-q", "--input", "session.cast");

        Assert.Equal("echo $((40+2))\rexit\r", string.Concat(session.ReadEvents().Where(text => text.StartsWith("i:", StringComparison.Ordinal)).Select(text => text[2..])));
    }

    // The gap that docs/recording-format.md tells of: what is typed while the terminal still echoes is on the screen as well.
    [Fact]
    public void What_is_typed_before_the_echo_goes_off_is_shown_and_recorded()
    {
        using var session = new RecordedSession();

        session.RunOnTerminal(
            [("$ ", "echo RE''ADY; sleep 0.5; stty -echo; read x; stty echo; echo got ${#x}\r"), ("READY", Secret + "\r"), ("got 14", ""), ("$ ", "exit\r")],
            RecordedSession.Program, "record", "-q", "--input", "session.cast");

        Assert.Contains(Secret, Encoding.ASCII.GetString(session.ReadShown()), StringComparison.Ordinal);
        Assert.Contains($"i:{Secret}\r", session.ReadEvents());
    }

    static void RunInLab(RecordedSession session, (string Wanted, string Sent)[] steps)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can make the lab for sudo, su and passwd");
        session.RunOnTerminal(
            steps, RepositoryFiles.PathOf("tests", "lab", "askers.sh"), Path.Combine(session.Folder, "lab"),
            RecordedSession.Program, "record", "-q", "--input", session.FilePath, "--", "bash", "--norc");
        Assert.True(!session.Error.Contains("never seen", StringComparison.Ordinal), session.Error);
        Assert.Equal(RecordingVerdict.Fine, session.Verify().Verdict);
    }

    static void AssertKeepsSecret(RecordedSession session, string command)
    {
        Assert.True(!session.Error.Contains("never seen", StringComparison.Ordinal), session.Error);
        string typed = string.Concat(session.ReadEvents().Where(text => text.StartsWith("i:", StringComparison.Ordinal)).Select(text => text[2..]));
        Assert.Contains(command[..Math.Min(7, command.Length)], typed, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret[..4], typed, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, session.FileText, StringComparison.Ordinal);
        Assert.Contains("w:", session.ReadEvents());
        Assert.Equal(RecordingVerdict.Fine, session.Verify().Verdict);
    }
}
