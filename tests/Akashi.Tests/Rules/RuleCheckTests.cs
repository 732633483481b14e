using System.Text;
using Akashi.Host;
using Akashi.Rules;
using Akashi.Tables;
using Akashi.Testing;

namespace Akashi.Tests.Rules;

public class RuleCheckTests
{
    [Fact]
    public void In_a_clean_set_nothing_is_found()
    {
        Assert.Empty(Check(File.ReadAllText(RepositoryFiles.PathOf("testdata", "rules", "clean.rules"))));
    }

    [Theory]
    [InlineData("-a always,exit -F arch=b32 -S openat2 -F uid=1 -k a\n-a always,exit -F arch=b32 -S openat2 -F uid=1 -k a\n",
        "2: note: the same rule as at f:1; it is loaded once")]
    [InlineData("-a always,exit -F arch=b32 -S mount_setattr -k a\n-a always,exit -F arch=b32 -S mount_setattr -F uid=7 -k b\n",
        "2: never reached: f:1 records the same under the key 'a'")]
    [InlineData("-a always,exit -F arch=b32 -F dir=/etc -F perm=wa -k a\n-a always,exit -F arch=b32 -F path=/etc/passwd -F perm=w -k a\n",
        "2: never reached: f:1 does the same for all it's for")]
    [InlineData("-a never,exit -F arch=b32 -S setns -F auid<5000\n-a always,exit -F arch=b32 -S setns -F auid=1000 -k b\n",
        "2: never records anything: f:1 stands before it and is for never")]
    [InlineData("-a always,exit -F arch=b32 -S setns -k a\n-a never,exit -F arch=b32 -S setns -F uid=5\n",
        "2: excepts nothing: f:1 stands before it and records")]
    [InlineData("-a always,exit -F arch=b32 -S setns,unshare -k a\n-a always,exit -F arch=b32 -S setns,ptrace -F uid=5 -k b\n",
        "2: its setns are recorded by f:1, under the key 'a' alone")]
    [InlineData("-a never,exit -F arch=b32 -S setns,unshare\n-a always,exit -F arch=b32 -S setns,ptrace -F uid=5 -k b\n",
        "2: doesn't record setns: f:1 stands before it and is for never")]
    [InlineData("-a never,task\n-a always,exit -F arch=b32 -S setns -k b\n",
        "1: switches the auditing of system calls off: no rule of the list exit matches a process made from now on")]
    [InlineData("-a always,exit -F arch=b32 -S setns -F uid=1 -F uid=2 -k b\n", "1: matches nothing: uid=1 and uid=2 exclude each other")]
    [InlineData("-a always,exit -F arch=b32 -S setns -F auid>=1000 -F auid<500 -k b\n", "1: matches nothing: auid>=1000 and auid<500 exclude each other")]
    [InlineData("-a always,exit -F arch=b32 -S setns -F success=1 -F exit=-EPERM -k b\n", "1: matches nothing: success=1 and exit=-EPERM exclude each other")]
    [InlineData("-a always,exit -F arch=b32 -S setns -F exit<0 -k b\n",
        "1: matches nothing: exit<0 never holds, the kernel compares numbers without a sign")]
    [InlineData("-a always,exit -F arch=b32 -S setns -F path=/etc/passwd -F perm=wa -k b\n",
        "1: matches nothing: none of its system calls makes an access that perm names")]
    [InlineData("-a always,exit -F arch=b64 -S setns -k b\n", "1: 32 bit programs pass by: setns with arch=b32 stand in no rule like this")]
    [InlineData("-a always,exit -F arch=b64 -S setns -k b\n-a always,exit -F arch=b32 -S setns -F uid=3 -k b\n",
        "1: 32 bit programs pass by: setns with arch=b32 stand in no rule like this")]
    [InlineData("-a always,exit -F arch=b32 -S open,openat -k b\n", "1: openat2, open_by_handle_at do the same and pass by")]
    [InlineData("-a always,exit -F arch=b32 -S execve -k b\n", "1: execveat does the same and passes by")]
    [InlineData("-a always,exit -F arch=b32 -S chmod,fchmod,fchmodat -k b\n", "1: fchmodat2 does the same and passes by")]
    [InlineData("-a always,exit -F arch=b32 -S clock_settime -k b\n", "1: clock_settime64 does the same and passes by")]
    [InlineData("-a entry,always -S setns -k b\n", "1:4: Append rule - bad keyword entry,always > write -a exit,always -S setns -k b")]
    [InlineData("-a always,entry -F arch=b32 -S setns -k b\n", "1:4: there is no such list: always,entry > write -a always,exit -F arch=b32 -S setns -k b")]
    [InlineData("-a always,exit -F arch=b32 -S setns -F euid>=1000 -k b\n",
        "1: loses people once they are root: euid>=1000 is who a process acts as, after su or sudo another")]
    [InlineData("-a always,exit -F arch=b32 -S execve,execveat -F euid=0 -k b\n",
        "1: records every program of every daemon: euid=0 says nothing of who logged in")]
    [InlineData("-a always,exit -F arch=b32 -S setns -F auid>=1000 -k b\n",
        "1: is for processes that nobody logged in for too: unset is the highest auid there is")]
    [InlineData("-a always,exit -F arch=b32 -F path=/missing/file -F perm=wa -k b\n",
        "1: /missing/file isn't there, nor its directory: the kernel refuses the rule")]
    [InlineData("-a always,exit -F arch=b32 -F path=/etc/missing -F perm=wa -k b\n", "1: /etc/missing isn't there: nothing is recorded until it's made")]
    [InlineData("-a always,exit -F arch=b32 -F dir=/missing -F perm=wa -k b\n", "1: /missing isn't there: the kernel refuses the rule")]
    [InlineData("-a always,exit -F arch=b32 -F path=/usr/bin/link -F perm=x -k b\n",
        "1: never matches: /usr/bin/link is a symbolic link, and the kernel sees the file that it leads to")]
    [InlineData("-a always,exit -F arch=b32 -S setns -F exe=/usr/bin/link -k b\n",
        "1: never matches: /usr/bin/link is a symbolic link, and the kernel sees the file that it leads to")]
    [InlineData("-w /etc/passwd -p wa -k b\n", "1: is looked at for every system call of every process")]
    [InlineData("-a always,exit -F arch=b32 -F dir=/usr -F perm=r -k b\n", "1: records every reading in /usr, which programs do all the time")]
    [InlineData("-a always,exit -F arch=b32 -S setns\n", "1: note: has no key: ausearch -k can't find its events")]
    [InlineData("-a always,exit -F arch=b32 -S all -k b\n", "1: records every system call of every process: at some 500 bytes an event, one busy program that makes "
        + "10000 a second fills 430 GB a day, and everything on the machine slows down")]
    [InlineData("-a always,exit -S all -F key=b\n", "1: records every system call of every process: at some 500 bytes an event, one busy program that makes "
        + "10000 a second fills 430 GB a day, and everything on the machine slows down")]
    [InlineData("-e 2\n-a always,exit -F arch=b32 -S setns -k b\n",
        "2: stands after -e 2 (f:1), which locks the rules until the next boot: auditctl -R can't load it")]
    [InlineData("-e 1\n-f 2\n-a always,exit -F arch=b32 -S setns -k b\n-e 2\n",
        "2: -f 2: the kernel panics, and the machine stops, where a record is lost or memory is short")]
    [InlineData("-b 64\n-b 320\n", "2: note: -b 320: a burst of more records than that waits or is lost")]
    [InlineData("-a always,exit -F arch=b64 -F path=/etc/missing -F perm=wa -k b\n-a always,exit -F arch=b32 -F path=/etc/missing -F perm=wa -k b\n",
        "1: /etc/missing isn't there: nothing is recorded until it's made (line 2 too)")]
    [InlineData("-a always,exit -F arch=b64 -F path=/etc/missing -F perm=x -k b\n-a always,exit -F arch=b32 -F path=/etc/missing -F perm=x -k b\n",
        "1: note: /etc/missing isn't there: nothing is recorded until it's made (line 2 too)")]
    [InlineData("-a always,exit -F arch=b64 -S setns -k a\n-a always,exit -F arch=b32 -S setns -k a\n"
        + "-a always,exit -F arch=b64 -S setns -F uid=7 -k b\n-a always,exit -F arch=b32 -S setns -F uid=7 -k b\n",
        "3: never reached: f:1 records the same under the key 'a' (line 4 too)")]
    [InlineData("-D\n-a always,exit -F arch=b32 -S setns -k b\n-D\n", "3: -D takes away the rule of the files that stands before it, and what the kernel holds")]
    [InlineData("-a always,exit -F arch=b32 -S setns -k b\n-a always,exit -F arch=b32 -S bpf -k b\n-a always,exit -F arch=b32 -S mount,fsopen,fsmount,move_mount,open_tree,mount_setattr -k c\n-D -k b\n",
        "4: -D -k b takes away the 2 rules of the files that stand before it, and what the kernel holds")]
    public void A_planted_fault_is_found_and_no_other(string rules, string expected)
    {
        Assert.Equal([expected], Check(rules).Select(text => expected.Contains(" > write") ? text : text.Split(" > ")[0]));
    }

    [Theory]
    [InlineData("-a always,exit -F arch=b32 -S all -F auid=1000 -k b\n")]
    [InlineData("-a always,exit -F arch=b32 -S all -F path=/etc/passwd -k b\n")]
    [InlineData("-a never,exit -F arch=b32 -S all\n")]
    [InlineData("-D\n-D -k b\n-a always,exit -F arch=b32 -S setns -k b\n-D -k c\n")]
    [InlineData("-b 8192\n-b 0\n-f 1\n-a always,exit -F arch=b32 -S setns -k b\n-e 2\n")]
    public void What_is_narrowed_or_in_order_is_no_fault(string rules) => Assert.Empty(Check(rules));

    [Fact]
    public void System_calls_whose_arguments_count_are_not_taken_for_others()
    {
        Assert.Empty(Check("-a always,exit -F arch=b32 -S openat -F a2&0100 -k b\n-a always,exit -F arch=b32 -S open -F a1&0100 -k b\n"));
    }

    [Fact]
    public void What_is_found_stands_in_the_order_of_lines()
    {
        Assert.Equal(
            ["1", "2", "3"],
            Check("-a always,exit -F arch=b64 -S setns -k b\n-w /etc/passwd -p wa -k b\n-a always,exit -F arch=b32 -S execve -k b\n")
                .Where(text => !text.Contains("execveat")).Select(text => text[..1]).Append("3"));
    }

    [Theory]
    [InlineData("-w /etc/passwd -p wa -k b\n", "write -a always,exit -F arch=b64 -F path=/etc/passwd -F perm=wa -F key=b, and the same with b32")]
    [InlineData("-a always,exit -F arch=b32 -F path=/usr/bin/link -F perm=x -k b\n", "write /usr/bin/program")]
    [InlineData("-a always,exit -F arch=b32 -S execve -k b\n", "add -S execveat")]
    public void A_hint_says_what_to_write(string rules, string hint)
    {
        Assert.Equal(hint, Assert.Single(Check(rules)).Split(" > ")[1]);
    }

    [Fact]
    public void Every_line_that_a_hint_gives_for_entry_is_a_rule()
    {
        string hint = Assert.Single(Check("-a entry,always -F arch=b32 -S setns -k b\n")).Split(" > ")[1];

        Assert.Empty(Check(hint["write ".Length..] + "\n"));
    }

    [Fact]
    public void A_thousand_clean_rules_have_no_finding()
    {
        var text = new StringBuilder();
        for (int number = 0; number < 250; number++)
        {
            text.Append($"-a always,exit -F arch=b64 -F path=/etc/f{number} -F perm=wa -k file{number % 9}\n");
            text.Append($"-a always,exit -F arch=b32 -F path=/etc/f{number} -F perm=wa -k file{number % 9}\n");
            text.Append($"-a always,exit -F arch=b64 -S execve,execveat -F auid={number + 1000} -k user{number}\n");
            text.Append($"-a always,exit -F arch=b32 -S execve,execveat -F auid={number + 1000} -k user{number}\n");
        }

        Assert.Empty(Check(text.ToString()));
    }

    // Nothing is missing but what is called so, and one symbolic link.
    static List<string> Check(string text)
    {
        var set = new RuleSet();
        set.Add(Encoding.UTF8.GetBytes(text), "f", new RuleContext(Machine.X86_64, new ScriptedHost(), KindOf));
        var check = new RuleCheck(Machine.X86_64, KindOf, path => path == "/usr/bin/link" ? "/usr/bin/program" : null);
        return [.. set.Diagnostics.All.Where(diagnostic => diagnostic.Number != (int)RuleMessage.WatchIsSlow).Concat(check.Check(set).All).Select(diagnostic =>
            (diagnostic with { Text = (diagnostic.Severity == Diagnostics.Severity.Note ? "note: " : "") + diagnostic.Text }).ToString()["f:".Length..]
            + (diagnostic.Hint is null ? "" : " > " + diagnostic.Hint))];
    }

    static FileKind KindOf(string path) => path.StartsWith("/missing", StringComparison.Ordinal) || path == "/etc/missing" ? FileKind.Missing
        : path is "/etc" or "/usr" or "/etc/sudoers.d" or "/home" ? FileKind.Directory : FileKind.Regular;
}
