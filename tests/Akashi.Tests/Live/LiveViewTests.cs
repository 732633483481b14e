using System.Text;
using Akashi.Events;
using Akashi.Live;
using Akashi.Output;
using Akashi.Records;
using Akashi.Search;
using Akashi.Testing;
using Akashi.Trail;

namespace Akashi.Tests.Live;

/// <summary>The line of an event, from records as real kernels and programs wrote them.</summary>
public sealed class LiveViewTests
{
    [Fact]
    public void A_command_is_shown_with_person_user_terminal_and_directory()
    {
        string[] lines = Show(
            """
            type=SYSCALL msg=audit(1795245512.960:98): arch=c000003e syscall=59 success=yes exit=0 a0=1 a1=2 a2=3 a3=8 items=2 ppid=6046 pid=6052 auid=1001 uid=1001 gid=1001 euid=0 suid=0 fsuid=0 egid=1001 sgid=1001 fsgid=1001 tty=pts1 ses=1 comm="sudo" exe="/usr/bin/sudo" key="exec"␝ARCH=x86_64 SYSCALL=execve AUID="tester" UID="tester" EUID="root"
            type=EXECVE msg=audit(1795245512.960:98): argc=2 a0="sudo" a1="id"
            type=CWD msg=audit(1795245512.960:98): cwd="/home/tester"
            type=PATH msg=audit(1795245512.960:98): item=0 name="/usr/bin/sudo" inode=1 dev=fe:00 mode=0104755 ouid=0 ogid=0 rdev=00:00 nametype=NORMAL
            type=PROCTITLE msg=audit(1795245512.960:98): proctitle=7375646F006964
            """);

        Assert.Equal(["2026-11-21 07:18:32  tester>root   pts/1                 /home/tester        ok  # sudo id"], lines);
    }

    [Fact]
    public void Arguments_in_hex_split_over_fields_and_records_are_put_together()
    {
        string[] lines = Show(
            """
            type=SYSCALL msg=audit(1.000:1): arch=c000003e syscall=59 success=yes exit=0 auid=1000 uid=1000 euid=1000 tty=(none) ses=3
            type=EXECVE msg=audit(1.000:1): argc=4 a0="printf" a1=6120620A a2_len=12 a2[0]="abc"
            type=EXECVE msg=audit(1.000:1): a2[1]="def" a3="z"
            type=PROCTITLE msg=audit(1.000:1): proctitle="x"
            """);

        Assert.EndsWith("ok  $ printf 'a b\\n' abcdef z", lines[0]);
    }

    [Fact]
    public void A_program_that_calls_itself_by_another_name_is_shown_with_both()
    {
        string[] lines = Show(
            """
            type=SYSCALL msg=audit(1.000:1): arch=c000003e syscall=59 success=yes exit=0 auid=1000 uid=1000 euid=1000 tty=pts0 ses=3
            type=EXECVE msg=audit(1.000:1): argc=1 a0="ls"
            type=PATH msg=audit(1.000:1): item=0 name="/tmp/x" nametype=NORMAL
            type=PROCTITLE msg=audit(1.000:1): proctitle="ls"
            """);

        Assert.EndsWith("ok  $ /tmp/x as ls", lines[0]);
    }

    [Theory]
    [InlineData("recording-read", "sauid=1000 suid=0", "success", "ok  recording-read alice, recording x.cast, for ")]
    [InlineData("recording-watch", "sauid=4294967295 suid=0", "failed", "NO  recording-watch alice, recording x.cast, for root")]
    public void Who_looks_at_a_recording_is_told_apart_from_whose_it_is(string operation, string who, string result, string shown)
    {
        string[] lines = Show(
            $"""
            type=TRUSTED_APP msg=audit(1.000:1): pid=5 uid=0 auid=4294967295 ses=4294967295 msg='op={operation} acct="alice" id=1000 recording="x.cast" rec_ses=5 {who} sses=3 spid=7 exe="/usr/sbin/auditd" hostname=? addr=? terminal=? res={result}'
            """);

        Assert.Contains(shown, lines[0]);
        Assert.DoesNotContain("by auditd", lines[0]);
    }

    [Fact]
    public void A_record_of_another_machine_names_it()
    {
        string[] lines = Show("node=web type=USER_CMD msg=audit(1.000:1): pid=5 uid=1000 auid=4294967295 ses=4294967295 msg='cwd=\"/\" cmd=6964 terminal=pts/0 res=success'");

        Assert.Contains("  system@web ", lines[0]);
    }

    // Who is watched chooses argv[0], and the name of the file: a blank in it, no name at all, the name of a tool in a directory of their own.
    [Theory]
    [InlineData("2F746D702F6576696C2078", "/tmp/evil x", "ls", "$ /tmp/evil x as ls")]
    [InlineData("(null)", "/memfd:x (deleted)", "/usr/bin/ls", "$ /memfd:x (deleted) as /usr/bin/ls")]
    [InlineData("\"/tmp/pub/ls\"", "/tmp/pub/ls", "/usr/bin/ls", "$ /tmp/pub/ls as /usr/bin/ls")]
    [InlineData("\"/tmp/ls\"", "/tmp/ls", "ls", "$ /tmp/ls as ls")]
    [InlineData("\"/usr/bin/ls\"", "/usr/bin/ls", "ls", "$ ls")]
    [InlineData("\"/bin/bash\"", "/usr/bin/bash", "-bash", "$ -bash")]
    [InlineData("\"./tool\"", "/home/u/tool", "./tool", "$ ./tool")]
    public void A_false_name_does_not_hide_the_file_that_ran(string name, string exe, string argument, string shown)
    {
        string[] lines = Show(
            $"""
            type=SYSCALL msg=audit(1.000:1): arch=c000003e syscall=59 success=yes exit=0 auid=1000 uid=1000 euid=1000 tty=pts0 ses=3 exe={Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(exe))}
            type=EXECVE msg=audit(1.000:1): argc=1 a0="{argument}"
            type=PATH msg=audit(1.000:1): item=0 name={name} nametype=NORMAL
            type=PROCTITLE msg=audit(1.000:1): proctitle="x"
            """);

        Assert.EndsWith(shown, lines[0]);
        Assert.Equal(shown.Contains(" as "), lines[0].Contains(" as "));
    }

    // As the kernel writes them: the script, its interpreter, and the interpreter's ld.so; of a program itself and its ld.so.
    [Theory]
    [InlineData("argc=3 a0=\"/bin/sh\" a1=\"/tmp/x.sh\" a2=\"arg\"", "/tmp/x.sh /bin/sh LD", "/usr/bin/dash", "$ /tmp/x.sh arg")]
    [InlineData("argc=4 a0=\"/bin/sh\" a1=\"-e\" a2=\"./x.sh\" a3=\"arg\"", "./x.sh /bin/sh LD", "/usr/bin/dash", "$ ./x.sh arg")]
    [InlineData("argc=3 a0=\"/bin/busybox\" a1=\"/tmp/x.sh\" a2=\"arg\"", "/tmp/x.sh /bin/busybox", "/bin/busybox", "$ /tmp/x.sh arg")]
    [InlineData("argc=3 a0=\"/bin/sh\" a1=\"/tmp/x.sh\" a2=\"arg\"", "/tmp/evil /bin/sh LD", "/usr/bin/dash", "$ /tmp/evil as /bin/sh /tmp/x.sh arg")]
    [InlineData("argc=3 a0=\"/bin/sh\" a1=\"/tmp/x.sh\" a2=\"arg\"", "/tmp/x.sh LD", "/tmp/x.sh", "$ /tmp/x.sh as /bin/sh /tmp/x.sh arg")]
    [InlineData("argc=4 a0=\"LD\" a1=\"HIDDEN\" a2=\"/tmp/p\" a3=\"--version\"", "/tmp/p LD", "/tmp/p", "$ /tmp/p as LD HIDDEN /tmp/p --version")]
    [InlineData("argc=4 a0=\"LD\" a1=\"HIDDEN\" a2=\"/tmp/link\" a3=\"--version\"", "/tmp/link LD", "/tmp/p", "$ /tmp/link as LD HIDDEN /tmp/link --version")]
    [InlineData("argc=3 a0=\"/tmp/p\" a1=\"HIDDEN\" a2=\"/tmp/link\"", "/tmp/link /tmp/p", "/tmp/p", "$ /tmp/link as /tmp/p HIDDEN /tmp/link")]
    [InlineData("argc=4 a0=\"/bin/sh\" a1=\"a\" a2=\"b\" a3=\"/tmp/x.sh\"", "/tmp/x.sh /bin/sh LD", "/usr/bin/dash", "$ /tmp/x.sh as /bin/sh a b /tmp/x.sh")]
    public void A_script_is_shown_as_it_was_called_and_no_argument_is_hidden(string arguments, string paths, string exe, string expected)
    {
        const string Loader = "/lib64/ld-linux-x86-64.so.2";
        IEnumerable<string> items = paths.Split(' ').Select((path, item) => $"type=PATH msg=audit(1.000:1): item={item} name=\"{path}\" nametype=NORMAL");
        string[] lines = Show(
            $"""
            type=SYSCALL msg=audit(1.000:1): arch=c000003e syscall=59 success=yes exit=0 auid=1000 uid=1000 euid=1000 tty=pts0 ses=3 exe="{exe}"
            type=EXECVE msg=audit(1.000:1): {arguments}
            {string.Join('\n', items)}
            type=PROCTITLE msg=audit(1.000:1): proctitle="x"
            """.Replace("LD", Loader, StringComparison.Ordinal));

        Assert.EndsWith("ok  " + expected.Replace("LD", Loader, StringComparison.Ordinal), lines[0]);
    }

    [Fact]
    public void A_refusal_is_shown_with_the_reason_and_who_was_refused()
    {
        string[] lines = Show(
            """
            type=SYSCALL msg=audit(1.000:1): arch=c000003e syscall=257 success=no exit=-1 a0=ffffff9c a1=1 a2=241 a3=1b6 items=1 auid=1000 uid=1000 euid=1000 tty=pts0 ses=3 comm="tee"
            type=CWD msg=audit(1.000:1): cwd="/"
            type=PATH msg=audit(1.000:1): item=0 name="/etc/shadow" nametype=NORMAL
            type=PROCTITLE msg=audit(1.000:1): proctitle=746565002F6574632F736861646F77
            """);

        Assert.EndsWith("NO  opens to write /etc/shadow  (Operation not permitted)  by tee /etc/shadow", lines[0]);
    }

    [Fact]
    public void The_address_of_a_login_is_remembered_for_its_session()
    {
        string[] lines = Show(
            """
            type=USER_ACCT msg=audit(1.000:1): pid=22186 uid=0 auid=4294967295 ses=4294967295 msg='op=PAM:accounting grantors=pam_permit acct="tester" exe="/usr/sbin/sshd" hostname=192.0.2.7 addr=192.0.2.7 terminal=ssh res=success'
            type=LOGIN msg=audit(1.000:2): pid=22186 uid=0 old-auid=4294967295 auid=1001 tty=(none) old-ses=4294967295 ses=4 res=1
            type=PROCTITLE msg=audit(1.000:2): proctitle="x"
            type=USER_LOGIN msg=audit(1.000:3): pid=22186 uid=0 auid=1001 ses=4 msg='op=login id=1001 exe="/usr/sbin/sshd" hostname=192.0.2.7 addr=192.0.2.7 terminal=/dev/pts/2 res=success'
            type=SYSCALL msg=audit(1.000:4): arch=c000003e syscall=87 success=yes exit=0 auid=1001 uid=1001 euid=1001 tty=pts2 ses=4 comm="rm"
            type=PATH msg=audit(1.000:4): item=0 name="a" nametype=DELETE
            type=PROCTITLE msg=audit(1.000:4): proctitle=726D0061
            """);

        Assert.Equal(
            [
                "1970-01-01 00:00:01  system        ssh 192.0.2.7         -                   ok  account is checked: tester  by sshd",
                "1970-01-01 00:00:01  1001          192.0.2.7             -                   ok  session 4 begins",
                "1970-01-01 00:00:01  1001          pts/2 192.0.2.7       -                   ok  logs in as 1001  by sshd",
                "1970-01-01 00:00:01  1001          pts/2 192.0.2.7       -                   ok  deletes a  by rm a",
            ],
            lines);
    }

    [Fact]
    public void Keystrokes_are_counted_and_not_shown()
    {
        string[] lines = Show(
            """type=TTY msg=audit(1.000:1): tty pid=6052 uid=1001 auid=1001 ses=1 major=136 minor=1 comm="sudo" data=73656B7265740A""");

        Assert.EndsWith("types 7 bytes into sudo", lines[0]);
    }

    [Fact]
    public void Sudo_tells_the_command_with_its_secrets_masked()
    {
        string[] lines = Show(
            """type=USER_CMD msg=audit(1.000:1): pid=6052 uid=1001 auid=1001 ses=1 msg='cwd="/home/tester" cmd=6D7973716C202D7068756E746572322073686F70 exe="/usr/bin/sudo" terminal=pts/1 res=failed'""");

        Assert.EndsWith("/home/tester        NO  asks to run mysql -p*** shop  (failed)  by sudo", lines[0]);
    }

    [Fact]
    public void Changes_of_the_audit_itself_are_told_in_words()
    {
        string[] lines = Show(
            """
            type=CONFIG_CHANGE msg=audit(1.000:1): op=set audit_backlog_limit=64 old=8192 auid=0 ses=2 res=1
            type=CONFIG_CHANGE msg=audit(1.000:2): auid=0 ses=2 op=remove_rule key="identity" list=4 res=1
            """);

        Assert.EndsWith("ok  audit: sets backlog_limit from 8192 to 64", lines[0]);
        Assert.EndsWith("ok  audit: removes rule with key identity", lines[1]);
    }

    [Theory]
    [InlineData("type=DAEMON_START msg=audit(1.000:1): op=start ver=4.0.3 format=enriched kernel=6.1.0-49-amd64 auid=0 pid=7 uid=0 ses=2 res=success",
        "ok  the audit daemon starts: version 4.0.3, format enriched, kernel 6.1.0-49-amd64, process 7")]
    [InlineData("type=DAEMON_END msg=audit(1.000:1): op=terminate auid=0 uid=0 ses=2 pid=812 subj=unconfined res=success",
        "ok  the audit daemon ends, asked by process 812 of root")]
    [InlineData("type=DAEMON_END msg=audit(1.000:1): op=terminate auid=-1 uid=0 ses=2 pid=-1 res=success", "ok  the audit daemon ends")]
    [InlineData("type=DAEMON_ERR msg=audit(1.000:1): op=loss source=absence since=1626611363.720 until=1626611400.000 count=unknown res=failed",
        "NO  the audit daemon lost records: how many isn't known, nobody recorded from 2021-07-18 12:29:23 to 2021-07-18 12:30:00")]
    [InlineData("type=DAEMON_ERR msg=audit(1.000:1): op=loss source=absence since=x until=99999999999999999 count=7 res=failed",
        "NO  the audit daemon lost records: 7, nobody recorded from x to 99999999999999999")]
    [InlineData("type=DAEMON_ERR msg=audit(1.000:1): op=loss source=kernel count=12 res=failed", "NO  the audit daemon lost records: 12, lost by the kernel")]
    [InlineData("type=DAEMON_ERR msg=audit(1.000:1): op=remote-refused reason=magic addr=192.0.2.7 port=4711 count=3 res=failed",
        "NO  the audit daemon reports op=remote-refused reason=magic port=4711 count=3  (failed)")]
    [InlineData("type=EVENT_LISTENER msg=audit(1.000:1): pid=9 uid=0 auid=0 tty=pts1 ses=2 comm=\"akashi\" exe=\"/usr/bin/akashi\" nl-mcgrp=1 op=connect res=1",
        "ok  begins to listen to the audit  by akashi")]
    public void The_audit_itself_is_told_in_sentences(string record, string expected) => Assert.EndsWith(expected, Show(record)[0]);

    [Fact]
    public void A_free_message_is_shown_with_its_secrets_masked()
    {
        string[] lines = Show(
            """type=USER_AVC msg=audit(1.000:1): pid=1 uid=0 auid=4294967295 ses=4294967295 msg='hello token=abc to all exe="/usr/bin/x" hostname=? addr=? terminal=? res=success'""");

        Assert.EndsWith("ok  user avc: hello token=*** to all  by x", lines[0]);
    }

    [Fact]
    public void Real_logs_give_one_line_an_event_and_no_control_byte()
    {
        foreach (string name in TestLogs.Names)
        {
            string shown = ShowBytes(TestLogs.Bytes(name), out long events);

            Assert.Equal(events, shown.Count(letter => letter == '\n'));
            Assert.DoesNotContain(shown.Replace("\n", "", StringComparison.Ordinal).EnumerateRunes(), rune => CharacterWidth.IsUnsafe(rune));
        }
    }

    [Fact]
    public void Damaged_logs_are_shown_without_a_fault_and_without_control_bytes()
    {
        const int Seed = 20261121;
        var random = new Random(Seed);
        byte[] log = TestLogs.Bytes("kernel.log").AsSpan(0, 200_000).ToArray();
        for (int round = 0; round < 20; round++)
        {
            byte[] damaged = [.. log];
            for (int count = 0; count < 3_000; count++)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            string shown = ShowBytes(damaged, out _);

            Assert.False(shown.EnumerateRunes().Any(rune => rune.Value != '\n' && CharacterWidth.IsUnsafe(rune)), $"seed {Seed}, round {round}");
        }
    }

    [Fact]
    public void On_a_narrow_terminal_columns_are_narrower_and_lines_break_between_words()
    {
        string shown = Encoding.UTF8.GetString(Show(Encoding.UTF8.GetBytes(
            """
            type=SYSCALL msg=audit(1795245512.960:98): arch=c000003e syscall=59 success=yes exit=0 auid=0 uid=0 euid=0 tty=pts1 ses=1
            type=EXECVE msg=audit(1795245512.960:98): argc=7 a0="tar" a1="--create" a2="--file=/srv/backup.tar" a3="--exclude=cache" a4="/etc" a5="/home" a6="/srv/www"
            type=CWD msg=audit(1795245512.960:98): cwd="/usr/share/doc/bash"
            type=PROCTITLE msg=audit(1795245512.960:98): proctitle="x"

            """), hasColors: false, out _, columns: 80));

        Assert.Equal(
            """
            -- 2026-11-21
            07:18:32 root      pts/1  .../bash    ok # tar --create --file=/srv/backup.tar
                      --exclude=cache /etc /home /srv/www

            """, shown);
    }

    [Fact]
    public void Colours_are_made_of_nothing_but_SGR_sequences()
    {
        string colored = Encoding.UTF8.GetString(Show(TestLogs.Bytes("server.log"), hasColors: true, out _));
        string plain = ShowBytes(TestLogs.Bytes("server.log"), out _);

        Assert.Equal(plain, System.Text.RegularExpressions.Regex.Replace(colored, "\e\\[[0-9;]*m", ""));
    }

    static string[] Show(string records) =>
        ShowBytes(Encoding.UTF8.GetBytes(records.Replace('\u241D', '\u001D') + "\n"), out _).TrimEnd('\n').Split('\n');

    static string ShowBytes(byte[] log, out long events) => Encoding.UTF8.GetString(Show(log, hasColors: false, out events));

    static byte[] Show(byte[] log, bool hasColors, out long events, int columns = 0)
    {
        var stream = new MemoryStream();
        using (var output = new Utf8Output(stream))
        {
            var view = new LiveView(new ScriptedHost(), output, isTerminal: columns > 0, hasColors) { TerminalColumns = columns };
            var search = new TrailSearch(new TrailReader(new MemoryStream(log)), new SearchPlan([]), new EventAssembler());
            while (search.TryNext(out AuditEvent? found))
                view.Write(found);
            events = view.Events;
        }

        return stream.ToArray();
    }
}
