using System.IO.Compression;
using System.Text;
using Akashi.Cli.Tests.Kin;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Reporting;

/// <summary>akashi report over the real logs, and over made events where those have none.</summary>
public sealed class ReportTests : IDisposable
{
    const string Accounts = "root:x:0:0::/root:/bin/sh\nalice:x:1000:1000::/home/alice:/bin/sh\n";

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Commands_of_the_articles()
    {
        Assert.Equal(
            """
            TIME                 PERSON      AS          FROM                    SESSION  DIRECTORY             STARTED            EXIT  COMMAND
            2025-01-27 11:17:43  system      root        -                       -        /                     ok                 -     cat /etc/audit/rules.d/audit.rules
            2024-04-06 03:37:05  alice       alice       pts/0                   2        /home/ec2-user        ok                 -     /usr/bin/python3 /usr/bin/pip3 install pandas
            2024-04-06 05:22:59  alice       root        pts/0                   2        /home/ec2-user        ok                 -     /usr/bin/python3.9 /bin/dnf install -y nginx
            2025-01-27 11:19:49  alice       root        pts/2                   161      /root                 ok                 -     ausearch -k root_command

            """.ReplaceLineEndings("\n"),
            Print("commands", Real("articles.log")));
    }

    [Fact]
    public void Rows_for_programs()
    {
        Assert.Equal(
            "time,person,as,from,session,directory,started,exit,command\r\n2024-04-06T03:37:05Z,alice,alice,pts/0,2,/home/ec2-user,ok,,/usr/bin/python3 /usr/bin/pip3 install pandas\r\n",
            Print("commands", Real("articles.log"), "--format", "csv", "--until", "2024-04-06T04:00Z", "--user", "alice"));
        Assert.Equal(
            """{"time":"2024-04-06T05:22:59Z","who":"alice>root","session":"2","manager":"dnf","action":"install","outcome":"attempted","outcome_from":null,"packages":"nginx"}""" + "\n",
            Print("software", Real("articles.log"), "--format", "json", "--since", "2024-04-06 05:00", "--until", "2024-04-06"));
    }

    [Fact]
    public void Commands_of_one_person_on_the_server()
    {
        Assert.Equal(
            """
            TIME                 PERSON      AS          FROM                    SESSION  DIRECTORY             STARTED            EXIT  COMMAND
            2026-11-21 07:18:32  tester      tester      pts/1                   1        /home/tester          ok                 -     id -u
            2026-11-21 07:18:32  tester      tester      pts/1                   1        /home/tester          ok                 -     cat /etc/passwd
            2026-11-21 07:18:32  tester      root        pts/1                   1        /home/tester          ok                 -     sudo id
            2026-11-21 07:18:35  tester      tester      pts/1                   1        /home/tester          ok                 -     vi /tmp/x.txt
            2026-11-21 07:24:38  tester      root        pts/2 127.0.0.1         2        /home/tester          ok                 -     sudo id

            """.ReplaceLineEndings("\n"),
            Print("commands", Real("server.log"), "--user", "tester"));
    }

    [Fact]
    public void Commands_that_could_not_be_started_say_why()
    {
        string rows = Print("commands", Real("server.log"), "--since", "2026-11-21 07:31:28", "--until", "2026-11-21 07:31:28");

        Assert.Contains(" /tmp                  Permission denied  -     /root/.cargo/bin/stress-ng (arguments unknown)\n", rows);
        Assert.Contains(" /tmp                  No such file       -     /usr/local/sbin/stress-ng (arguments unknown)\n", rows);
        Assert.DoesNotContain(" 07:31:27 ", rows);
        Assert.DoesNotContain(" 07:31:29 ", rows);
    }

    [Fact]
    public void Split_and_hex_arguments_are_whole_and_secrets_are_masked()
    {
        string whole = new('x', 20_000);
        string hex = Convert.ToHexString(Encoding.UTF8.GetBytes(whole));
        string log = Made(
            Syscall(1, 100, 1, 59, "/usr/bin/curl"),
            $"type=EXECVE msg=audit(1700000000.000:1): argc=4 a0=\"curl\" a1_len={hex.Length} a1[0]={hex[..15000]} a1[1]={hex[15000..30000]}",
            $"type=EXECVE msg=audit(1700000000.000:1): a1[2]={hex[30000..]} a2=2D2D70617373776F72643D612062 a3=6120E28891",
            "type=PROCTITLE msg=audit(1700000000.000:1): proctitle=6375726C");

        Assert.EndsWith($"  curl {whole} '--password=***' 'a ∑'\n", Print("commands", log));
    }

    [Fact]
    public void A_name_that_is_not_the_programs_is_told_of()
    {
        string log = Made(
            Syscall(1, 100, 1, 59, "/tmp/x"), "type=EXECVE msg=audit(1700000000.000:1): argc=2 a0=\"ls\" a1=\"-l\"",
            "type=PATH msg=audit(1700000000.000:1): item=0 name=\"/tmp/x\" inode=1 nametype=NORMAL",
            Syscall(2, 101, 1, 59, "/usr/bin/ls"), "type=EXECVE msg=audit(1700000000.000:2): argc=1 a0=\"ls\"",
            "type=PATH msg=audit(1700000000.000:2): item=0 name=\"/usr/bin/ls\" inode=1 nametype=NORMAL",
            Syscall(3, 102, 1, 59, "/usr/bin/bash"), "type=EXECVE msg=audit(1700000000.000:3): argc=2 a0=\"/bin/bash\" a1=\"/root/do\"",
            "type=PATH msg=audit(1700000000.000:3): item=0 name=\"/root/do\" inode=1 nametype=NORMAL",
            "type=PATH msg=audit(1700000000.000:3): item=1 name=\"/bin/bash\" inode=1 nametype=NORMAL",
            "type=PATH msg=audit(1700000000.000:3): item=2 name=\"/lib64/ld-linux-x86-64.so.2\" inode=1 nametype=NORMAL");

        string[] rows = Print("commands", log).Split('\n');

        Assert.EndsWith("  -     /tmp/x as ls -l", rows[1]);
        Assert.EndsWith("  -     ls", rows[2]);
        Assert.EndsWith("  -     /bin/bash /root/do", rows[3]);
    }

    [Fact]
    public void What_a_command_ended_with_is_shown_where_the_trail_says_so()
    {
        string log = Made(
            Started(1, 100, 50, "/usr/bin/make"), Started(2, 101, 100, "/usr/bin/cc"), Of(Ended(3, 101, 100, "1"), "/usr/bin/cc"), Of(Ended(4, 100, 50, "2"), "/usr/bin/make"),
            // Replaced in its process, killed by a signal before another had its number, and still running.
            Started(5, 102, 50, "/usr/bin/env"), Started(6, 102, 50, "/usr/bin/node"), Of(Ended(7, 102, 1, "0"), "/usr/bin/node"),
            Started(8, 103, 50, "/usr/bin/sleep"), Of(Ended(9, 103, 50, "0"), "/usr/bin/bash"),
            Started(10, 104, 50, "/usr/bin/vi"), Of(Ended(11, 104, 60, "0"), "/usr/bin/vi"),
            Started(12, 105, 50, "/usr/bin/top"));

        string[] rows = [.. Print("commands", log).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => row[119..])];

        Assert.Equal(["2     /usr/bin/make", "1     /usr/bin/cc", "-     /usr/bin/env", "0     /usr/bin/node", "-     /usr/bin/sleep", "-     /usr/bin/vi", "-     /usr/bin/top"], rows);
    }

    [Fact]
    public void What_a_command_ended_with_is_found_in_packed_logs_too()
    {
        using (var packed = new GZipStream(File.Create(_folder["audit.log.1.gz"]), CompressionLevel.Fastest))
            packed.Write(Encoding.UTF8.GetBytes(Started(1, 100, 50, "/usr/bin/make") + "\n" + Of(Ended(2, 100, 50, "2"), "/usr/bin/make") + "\n"));
        File.WriteAllText(_folder["audit.log"], Syscall(3, 101, 50, 257, "/usr/bin/cat") + "\n");

        string rows = KinRun.Of("akashi", ["report", "commands", "--trail", Path.GetDirectoryName(_folder["audit.log"])!], new TestHost(Accounts)).Text;

        Assert.EndsWith("  2     /usr/bin/make\n", rows);
    }

    [Fact]
    public void Software_of_the_articles_was_attempted()
    {
        Assert.Equal(
            """
            TIME                 WHO             SESSION  MANAGER  ACTION   OUTCOME            OUTCOME FROM      PACKAGES
            2024-04-06 03:37:05  alice           2        pip      install  attempted          -                 pandas
            2024-04-06 05:22:59  alice>root      2        dnf      install  attempted          -                 nginx

            """.ReplaceLineEndings("\n"),
            Print("software", Real("articles.log")));
    }

    [Fact]
    public void Software_of_the_server_was_attempted()
    {
        Assert.Equal(
            """
            TIME                 WHO             SESSION  MANAGER  ACTION   OUTCOME            OUTCOME FROM      PACKAGES
            2026-11-21 07:17:59  system          -        dpkg     install  attempted          -                 libpam0g=1.5.2-6+deb12u2
            2026-11-21 07:18:00  system          -        dpkg     install  attempted          -                 libpam0g
            2026-11-21 07:18:00  system          -        dpkg     install  attempted          -                 libpam-modules-bin=1.5.2-6+deb12u2
            2026-11-21 07:18:00  system          -        dpkg     install  attempted          -                 libpam-modules=1.5.2-6+deb12u2
            2026-11-21 07:18:00  system          -        dpkg     install  attempted          -                 libpam-runtime
            2026-11-21 07:18:00  system          -        dpkg     install  attempted          -                 -

            """.ReplaceLineEndings("\n"),
            Print("software", Real("server.log")));
    }

    [Fact]
    public void An_end_of_the_managers_own_process_says_what_came_of_it()
    {
        string log = Made(
            Syscall(1, 100, 50, 59, "/usr/bin/apt-get"), "type=EXECVE msg=audit(1700000000.000:1): argc=3 a0=\"apt-get\" a1=\"install\" a2=\"nginx\"",
            Syscall(2, 101, 100, 59, "/usr/bin/dpkg"), "type=EXECVE msg=audit(1700000000.000:2): argc=3 a0=\"dpkg\" a1=\"-i\" a2=\"/a/nginx_1.2_amd64.deb\"",
            Ended(3, 101, 100, "1"), Ended(4, 100, 50, "64"),
            Syscall(5, 102, 50, 59, "/usr/bin/apt-get"), "type=EXECVE msg=audit(1700000000.000:5): argc=3 a0=\"apt-get\" a1=\"remove\" a2=\"nginx\"",
            Ended(6, 102, 50, "0"));

        Assert.Equal(
            [
                "alice>root      2        apt      install  failed (exit 100)  exit_group        nginx=1.2",
                "alice>root      2        apt      remove   ok                 exit_group        nginx",
            ],
            Rows(log));
    }

    [Fact]
    public void Another_process_of_the_same_number_says_nothing_of_a_killed_manager()
    {
        string log = Made(
            Syscall(1, 100, 50, 59, "/usr/bin/apt-get"), "type=EXECVE msg=audit(1700000000.000:1): argc=3 a0=\"apt-get\" a1=\"install\" a2=\"nginx\"",
            Syscall(2, 100, 60, 59, "/usr/bin/true"), "type=EXECVE msg=audit(1700000000.000:2): argc=1 a0=\"true\"",
            Ended(3, 100, 60, "0"));

        Assert.Equal(["alice>root      2        apt      install  attempted          -                 nginx"], Rows(log));
    }

    [Fact]
    public void Packages_that_rpm_reports_belong_to_the_run_that_reported_them()
    {
        const string Update = "pid=100 uid=0 auid=1000 ses=2 subj=unconfined msg='op=install sw=\"{0}\" sw_type=rpm key_enforce=0 gpg_res=1 root_dir=\"/\" "
            + "comm=\"dnf\" exe=\"/usr/bin/python3.9\" hostname=h addr=? terminal=pts/0 res={1}'";
        string log = Made(
            Syscall(1, 100, 50, 59, "/usr/bin/python3.9"), "type=EXECVE msg=audit(1700000000.000:1): argc=4 a0=\"python3\" a1=\"/bin/dnf\" a2=\"install\" a3=\"nginx\"",
            "type=SOFTWARE_UPDATE msg=audit(1700000001.000:2): " + string.Format(Update, "nginx-core-1:1.20.1-14.el9.x86_64", "success"),
            "type=SOFTWARE_UPDATE msg=audit(1700000001.000:3): " + string.Format(Update, "nginx-1:1.20.1-14.el9.x86_64", "success"),
            "type=SOFTWARE_UPDATE msg=audit(1700000009.000:4): " + string.Format(Update, "bad-1-2.noarch", "failed").Replace("pid=100", "pid=200"));

        Assert.Equal(
            [
                "alice>root      2        dnf      install  ok                 SOFTWARE_UPDATE   nginx-core=1:1.20.1-14.el9.x86_64 nginx=1:1.20.1-14.el9.x86_64",
                "alice           2        dnf      install  failed             SOFTWARE_UPDATE   bad=1-2.noarch",
            ],
            Rows(log));
    }

    [Fact]
    public void A_refused_start_was_not_started()
    {
        string log = Made(
            Syscall(1, 100, 50, 59, "/bin/bash").Replace("success=yes exit=0", "success=no exit=-13"),
            "type=EXECVE msg=audit(1700000000.000:1): argc=3 a0=\"apt-get\" a1=\"install\" a2=\"https://bob:secret@host/a.deb\"");

        string row = Assert.Single(Rows(log));
        Assert.StartsWith("alice>root      2        apt      install  not started        execve            ", row);
        Assert.DoesNotContain("secret", row);
    }

    [Fact]
    public void A_trail_without_starts_says_which_rule_records_them()
    {
        string log = Made(Syscall(1, 100, 50, 257, "/bin/cat"));
        KinRun run = KinRun.Of("akashi", ["report", "commands", "--trail", log], new TestHost(Accounts));

        Assert.Equal((0, ""), (run.ExitCode, run.Text));
        Assert.Contains("akashi report: nothing to show\nhint: akashi setup commands has the kernel record starts of programs\n", run.Error);
    }

    [Theory]
    [InlineData("nothing to show since 2030-01-01", "--since", "2030-01-01")]
    [InlineData("nothing to show: no user 'nosuch' is known on this machine", "--user", "nosuch")]
    [InlineData("nothing to show of 77777 until 2001-01-01", "--user", "77777", "--until", "2001-01-01")]
    public void A_trail_with_starts_says_what_was_asked_for_and_blames_no_rule(string why, params string[] options)
    {
        KinRun run = KinRun.Of("akashi", ["report", "commands", "--trail", Real("mixed.log"), .. options], new TestHost(Accounts));

        Assert.Equal((0, "", $"akashi report: {why}\n"), (run.ExitCode, run.Text, run.Error));
    }

    [Fact]
    public void Input_is_trail_json_a_format_and_times_have_an_order()
    {
        KinRun one = KinRun.Of("akashi", ["report", "commands", "--trail", Real("mixed.log"), "--format", "json"], new TestHost(Accounts));
        KinRun other = KinRun.Of("akashi", ["report", "commands", "--input", Real("mixed.log"), "--json"], new TestHost(Accounts));
        KinRun reversed = KinRun.Of("akashi", ["report", "commands", "--trail", Real("mixed.log"), "--since", "today", "--until", "yesterday"], new TestHost(Accounts));

        Assert.Equal((byte)'{', one.Output[0]);
        Assert.Equal(one.Output, other.Output);
        Assert.Equal(2, reversed.ExitCode);
        Assert.Contains("--until 'yesterday' is before --since 'today': no event can match", reversed.Error);
    }

    [Fact]
    public void Logs_of_a_directory_are_noted_once()
    {
        Directory.CreateDirectory(_folder["logs"]);
        File.Copy(Real("mixed.log"), _folder["logs/audit.log"]);

        KinRun run = KinRun.Of("akashi", ["report", "commands", "--trail", _folder["logs"]], new TestHost(Accounts));

        Assert.Equal((0, $"NOTE - using logs in {_folder["logs"]}\n"), (run.ExitCode, run.Error));
        Assert.NotEqual("", run.Text);
    }

    [Fact]
    public void An_unknown_time_names_the_forms_and_ends_with_2()
    {
        KinRun run = KinRun.Of("akashi", ["report", "commands", "--since", "bla"], new TestHost(Accounts));

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("akashi report commands: --since takes 2026-11-20, ", run.Error);
        Assert.Equal(2, KinRun.Of("akashi", ["report", "bla"], new TestHost(Accounts)).ExitCode);
    }

    [Fact]
    public void Starts_that_a_setup_announced_are_left_out_and_nothing_else()
    {
        const string Id = "0b459ea212f9437f9bd04ce5aedfd10a";
        string begin = $"type=TRUSTED_APP msg=audit(1700000000.000:1): pid=50 uid=0 auid=0 ses=1 msg='op=akashi-setup-probe id={Id} state=begin exe=\"/x\" res=success'";
        string end = begin.Replace("begin", "end").Replace(":1)", ":5)");
        string[] Probe(int serial, int parent, string id) =>
            [Syscall(serial, 90 + serial, parent, 59, "/x/akashi"), $"type=EXECVE msg=audit(1700000000.000:{serial}): argc=2 a0=\"akashi-setup-probe\" a1=\"{id}\""];

        string trail = Made([begin, .. Probe(2, 50, Id), .. Probe(3, 50, Id), .. Probe(4, 51, "f" + Id[1..]), end, .. Probe(6, 50, Id)]);
        string[] rows = Print("commands", trail).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal([Id, "f" + Id[1..], Id], rows.Skip(1).Select(row => row.Split(' ')[^1]));

        trail = Made([begin, .. Probe(2, 51, Id), end]);
        Assert.Contains(Id, Print("commands", trail));
        trail = Made([begin.Replace("TRUSTED_APP", "USER"), .. Probe(2, 50, Id)]);
        Assert.Contains(Id, Print("commands", trail));
    }

    static string Syscall(int serial, int pid, int parent, int number, string path) =>
        $"type=SYSCALL msg=audit(1700000000.000:{serial}): arch=c000003e syscall={number} success=yes exit=0 a0=0 a1=0 a2=0 a3=0 items=1 ppid={parent} "
        + $"pid={pid} auid=1000 uid=0 gid=0 euid=0 suid=0 fsuid=0 egid=0 sgid=0 fsgid=0 tty=pts0 ses=2 comm=\"x\" exe=\"{path}\" key=(null)";

    static string Ended(int serial, int pid, int parent, string status) =>
        Syscall(serial, pid, parent, 231, "/x").Replace("success=yes exit=0 a0=0", $"a0={status}");

    static string Started(int serial, int pid, int parent, string path) =>
        Syscall(serial, pid, parent, 59, path) + $"\ntype=EXECVE msg=audit(1700000000.000:{serial}): argc=1 a0=\"{path}\"";

    static string Of(string ended, string path) => ended.Replace("/x", path);

    // The rows without their time.
    static string[] Rows(string trail) =>
        [.. Print("software", trail).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => row[21..])];

    string Made(params string[] lines)
    {
        File.WriteAllLines(_folder["made.log"], lines);
        return _folder["made.log"];
    }

    string Real(string name)
    {
        File.WriteAllBytes(_folder[name], TestLogs.Bytes(name));
        return _folder[name];
    }

    static string Print(string report, string trail, params string[] options)
    {
        KinRun run = KinRun.Of("akashi", ["report", report, "--trail", trail, .. options], new TestHost(Accounts));
        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        return run.Text;
    }
}
