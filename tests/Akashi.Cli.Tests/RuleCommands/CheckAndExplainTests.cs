using Akashi.Cli.RuleCommands;
using Akashi.Host;
using Akashi.Testing;

namespace Akashi.Cli.Tests.RuleCommands;

public sealed class CheckAndExplainTests
{
    readonly ToolRun _rules = new("rules", RulesTool.Tool.Run);

    [Theory]
    [InlineData("-a always,exit -F arch=b64 -S execve,execveat -F auid>=1000 -F auid!=unset -k commands",
        "records execve, execveat by 64 bit programs where the login user (auid) is at least 1000, and somebody logged in (auid is set); key commands",
        "system calls: execve execveat")]
    [InlineData("-w /etc/passwd -p wa -k identity",
        "records writing and changing owner or permissions of /etc/passwd; key identity", "system calls: all of them")]
    [InlineData("-a never,exit -F arch=b32 -S all -F exe=/usr/bin/top -F auid=unset",
        "never records all system calls by 32 bit programs where the program is /usr/bin/top, and nobody logged in: daemons and the system (auid is unset)",
        "system calls: all of them")]
    [InlineData("-a always,exit -F arch=b64 -S openat -F exit=-EACCES -C uid!=obj_uid -F success=0",
        "records openat by 64 bit programs where it fails with EACCES, and the user (uid) is not the file's owner, and it fails", "system calls: openat")]
    [InlineData("-a always,exit -F arch=b64 -S connect -F saddr_fam=10 -F a0&1 -F gid=root",
        "records connect by 64 bit programs where the address family is inet6, and the first argument (a0) has one of the bits 0x1, and the group (gid) is root",
        "system calls: connect")]
    [InlineData("-a always,exclude -F msgtype=CWD", "drops records where the record's type is CWD", null)]
    [InlineData("-a never,task", "records nothing of the system calls of new processes", null)]
    [InlineData("-a never,filesystem -F fstype=tracefs", "never records the paths of events where the file system is tracefs", null)]
    [InlineData("-a always,io_uring -S openat -k ring", "records openat; key ring", "system calls: openat")]
    public void A_rule_is_explained_in_plain_words(string rule, string sentence, string? syscalls)
    {
        Assert.Equal(0, _rules.Run("explain", rule));
        Assert.StartsWith(sentence + "\nlist: ", _rules.Output);
        Assert.Equal(syscalls, _rules.Output.Split('\n').FirstOrDefault(line => line.StartsWith("system calls:")));

        Assert.Equal(0, _rules.Run(["explain", .. rule.Split(' ')]));
        Assert.StartsWith(sentence + "\n", _rules.Output);
        Assert.Empty(_rules.Host.Kernel.Requests);
    }

    [Fact]
    public void What_perm_is_for_is_listed_by_name()
    {
        Assert.Equal(0, _rules.Run("explain", "-a always,exit -F arch=b64 -F path=/etc/shadow -F perm=a"));
        Assert.StartsWith("records changing owner or permissions of /etc/shadow by 64 bit programs\n", _rules.Output);
        Assert.Matches("system calls:.* chmod .*fchmodat2", _rules.Output.ReplaceLineEndings(" "));
    }

    [Fact]
    public void What_is_no_rule_is_told_with_a_hint()
    {
        Assert.Equal(1, _rules.Run("explain", "-a always,exit -F arch=b64 -S execv"));
        Assert.Equal("akashi rules: Syscall name unknown: execv\nhint: did you mean execve?\n", _rules.Error);
    }

    [Fact]
    public void A_clean_set_passes_and_a_fault_fails()
    {
        string clean = RepositoryFiles.PathOf("testdata", "rules", "clean.rules");
        foreach (string path in (string[])["/etc/passwd", "/usr/bin/su", "/usr/sbin/chronyd", "/usr/sbin/cron"])
            _rules.Host.Paths[path] = FileKind.Regular;
        _rules.Host.Paths["/etc/sudoers.d"] = _rules.Host.Paths["/home"] = FileKind.Directory;

        Assert.Equal((0, "21 rules, nothing found\n", ""), (_rules.Run("check", clean), _rules.Output, _rules.Error));
        _rules.Host.Paths["/etc/passwd"] = FileKind.Missing;
        Assert.Equal(1, _rules.Run("check", clean));
        Assert.StartsWith($"akashi rules: {clean}:19: warning: /etc/passwd isn't there", _rules.Error);
        Assert.Equal("0 errors, 1 warning in 21 rules\n", _rules.Output);
        Assert.Empty(_rules.Host.Kernel.Requests);
    }

    // At boot auditctl -R ends there: that is more than a warning.
    [Fact]
    public void A_rule_that_the_kernel_refuses_is_an_error_and_a_late_deletion_is_told()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["one.rules"], "-a always,exit -F arch=b32 -F path=/opt/gone/su -F perm=x -F key=k\n-D\n");
        Assert.Equal(1, _rules.Run("check", folder["one.rules"]));
        Assert.Equal("0 errors, 1 warning in 1 rule\n", _rules.Output);
        Assert.StartsWith($"akashi rules: {folder["one.rules"]}:2: warning: -D takes away the rule of the files that stands before it, and what the kernel holds\n", _rules.Error);

        Assert.Equal(0, _rules.Run("load", folder["one.rules"]));
        Assert.StartsWith($"akashi rules: {folder["one.rules"]}:2: warning: -D takes away the rule", _rules.Error);

        File.WriteAllText(folder["one.rules"], "-a always,exit -F arch=b32 -F path=/opt/gone/su -F perm=x -F key=k\n");
        Assert.Equal(1, _rules.Run("check", folder["one.rules"]));
        Assert.Equal("1 error, 0 warnings in 1 rule\n", _rules.Output);
        Assert.StartsWith($"akashi rules: {folder["one.rules"]}:1: /opt/gone/su isn't there, nor its directory: the kernel refuses the rule\nhint: take the line out", _rules.Error);
    }

    [Fact]
    public void A_warning_and_a_missing_file_are_said_once()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["one.rules"], "-a always,exit -S open -F key=k\n");

        Assert.Equal(1, _rules.Run("check", folder["one.rules"]));
        Assert.Contains(": warning: 32/64 bit syscall mismatch", _rules.Error);
        Assert.DoesNotContain("WARNING", _rules.Error);
        Assert.Equal(1, _rules.Run("check", "nope"));
        Assert.Matches("^akashi rules: [^:]*nope: [^:]*\n", _rules.Error);
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(_rules.Error, "nope"));
    }

    [Theory]
    [InlineData("-e 2", "a setting, not a rule: switches auditing on and locks rules and settings until the next boot; what stands after it is refused\n")]
    [InlineData("-b 8192", "a setting, not a rule: so many records may wait for the daemon (8192); at more, processes wait or records are lost\n")]
    [InlineData("-D", "a setting, not a rule: deletes all rules that were loaded before\n")]
    public void A_setting_is_told_from_a_rule(string line, string meaning)
    {
        Assert.Equal((0, meaning), (_rules.Run("explain", line), _rules.Output));
        Assert.Equal((0, meaning), (_rules.Run(["explain", .. line.Split(' ')]), _rules.Output));
    }

    [Fact]
    public void A_file_is_for_check_and_an_unknown_option_is_named()
    {
        _rules.Host.Paths["/etc/audit/rules.d"] = FileKind.Directory;

        Assert.Equal(1, _rules.Run("explain", "/etc/audit/rules.d"));
        Assert.StartsWith("akashi rules: /etc/audit/rules.d is no rule but a directory\nhint: akashi rules check /etc/audit/rules.d", _rules.Error);
        Assert.Equal(2, _rules.Run("load", "--dry-run"));
        Assert.Equal("akashi rules load: unrecognized option '--dry-run'\nhint: akashi rules load --help lists the options\n", _rules.Error);
        Assert.Equal(2, _rules.Run("check", "--json", "x"));
        Assert.StartsWith("akashi rules check: unrecognized option '--json'\n", _rules.Error);
        Assert.Equal(2, _rules.Run("chek"));
        Assert.StartsWith("akashi rules: no command 'chek': load, diff, list, check, explain, cost\n", _rules.Error);
        Assert.Equal(2, _rules.Run());
        Assert.StartsWith("akashi rules: a command is missing: ", _rules.Error);
    }
}
