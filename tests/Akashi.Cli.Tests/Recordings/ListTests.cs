using System.Text;
using Akashi.Linux;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Recordings;

/// <summary><c>akashi recordings</c> over files as a recorder leaves them.</summary>
public sealed class ListTests : IDisposable
{
    // 2026-11-21 16:50:00 UTC.
    const long Start = 1795279800;

    readonly TemporaryFolder _folder = new();
    readonly ToolRun _tool = new("recordings", Tools.FindCommand("recordings")!.Run);

    public ListTests()
    {
        _tool.Host.Owners[_folder.Path] = new LinuxHost().Process.Uid;
        Make(12, "alice", 1000, Start, "192.0.2.7", "line one\\r\\n", command: null);
        Make(13, "bob", 1001, Start + 3600, "192.0.2.70", "needle\\b\\b\\b\\b\\b\\bNEEDED \\u001b[1mT\\u001b[0mHREAD\\r\\n", command: "vim /etc/motd");
        string cut = Make(14, "alice", 1000, Start + 7200, null, "x", command: null);
        File.WriteAllBytes(cut, File.ReadAllBytes(cut)[..^100]);
        Touch(cut, Start + 7200 + 5000);
        File.Move(Make(15, "carol", 1002, Start + 9000, null, "x", command: null), _folder["20261121-192000-carol-ses16-0f3a9c1e-pts3.cast"]);
        File.WriteAllText(_folder["notes.txt"], "no recording");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_table_has_a_row_for_each()
    {
        Assert.Equal(0, _tool.Run("--dir", _folder.Path));

        Assert.Equal("""
            ID        USER   FROM        START                LENGTH   CMDS  SIZE  STATE     EXIT  COMMAND
            0921c597  alice  192.0.2.7   2026-11-21 16:50:00  0:01:35  -     435B  finished  3
            59d06164  bob    192.0.2.70  2026-11-21 17:50:00  0:01:35  -     501B  finished  3     vim /etc/motd
            de7626ef  alice  pts/3       2026-11-21 18:50:00  1:23:20  -     302B  cut       -
            6df65fac  carol  pts/3       2026-11-21 19:20:00  0:01:35  -     402B  suspect   3     (its name and its header tell of two sessions)

            """, _tool.Output);
        Assert.Equal("", _tool.Error);
    }

    [Fact]
    public void Programs_get_all_of_it_as_lines()
    {
        _tool.Run("--dir", _folder.Path, "--json", "--user", "bob");
        Assert.Equal(
            """{"id":"59d06164","name":"20261121-175000-bob-ses13-0f3a9c1e-pts3","user":"bob","auid":"1001","ses":"13","from":"192.0.2.70","node":"web1","boot":"0f3a9c1e-77","terminal":"/dev/pts/3","login":"yes","start":"2026-11-21T17:50:00Z","seconds":"95","bytes":"501","state":"finished","doubt":null,"exit":"3","commands":null,"command":"vim /etc/motd","trial":null}""" + "\n",
            _tool.Output);

        _tool.Run("--dir", _folder.Path, "--csv", "--state", "suspect");
        Assert.Equal(
            "id,name,user,auid,ses,from,node,boot,terminal,login,start,seconds,bytes,state,doubt,exit,commands,command,trial\r\n"
                + "6df65fac,20261121-192000-carol-ses16-0f3a9c1e-pts3,carol,1002,15,,web1,0f3a9c1e-77,/dev/pts/3,yes,2026-11-21T19:20:00Z,95,402,suspect,its name and its header tell of two sessions,3,,,\r\n",
            _tool.Output);
    }

    [Fact]
    public void A_login_that_setup_tried_is_told_from_a_persons()
    {
        Make(20, "dora", 1003, Start + 9500, null, "x", command: "exit 42", isTrial: true);
        Make(21, "dora", 1003, Start + 9600, null, "x", command: null, isTrial: true);
        Make(22, "dora", 1003, Start + 9700, null, "x", command: "trial of setup");

        _tool.Run("--dir", _folder.Path, "--user", "dora");
        Assert.Equal(["trial of setup  2026", "trial of setup  2026", "pts/3           2026"], _tool.Output.Split('\n')[1..^1].Select(line => line.Substring(16, 20)));

        _tool.Run("--dir", _folder.Path, "--user", "dora", "--csv", "--text", "x");
        Assert.Equal(["exit 42,yes", ",yes", "trial of setup,"], _tool.Output.Split("\r\n")[1..^1].Select(line => string.Join(',', line.Split(',')[17..])));
    }

    [Theory]
    [InlineData("12 14", "--user", "alice")]
    [InlineData("13", "--user", "1001")]
    [InlineData("12", "--host", "192.0.2.7")]
    [InlineData("12 13 14 15", "--host", "WEB1")]
    [InlineData("", "--host", "web")]
    [InlineData("14", "--state", "cut")]
    [InlineData("13 14 15", "--since", "2026-11-21T17:00:00Z")]
    [InlineData("14", "--since", "2026-11-21T20:00:00Z")]
    [InlineData("12 13", "--until", "2026-11-21T18:00:00Z")]
    [InlineData("13", "--text", "needed thread")]
    [InlineData("12", "--text", "line one", "--user", "alice")]
    [InlineData("", "--text", "needle")]
    public void Filters_leave_what_is_asked_for(string sessions, params string[] options)
    {
        Assert.Equal(0, _tool.Run(["--dir", _folder.Path, "--csv", .. options]));
        Assert.Equal(sessions, string.Join(' ', _tool.Output.Split("\r\n")[1..^1].Select(line => line.Split(',')[4])));
    }

    [Theory]
    [InlineData("--state", "dead", "no state 'dead': live, finished, cut or suspect\nhint: akashi recordings --help lists the options\n")]
    [InlineData("--since", "soon", "--since takes ")]
    [InlineData("--format", "xml", "no format 'xml': table, json or csv\nhint: akashi recordings --help lists the options\n")]
    public void What_is_none_is_said(string option, string value, string said)
    {
        Assert.Equal(2, _tool.Run("--dir", _folder.Path, option, value));
        Assert.StartsWith("akashi recordings: " + said, _tool.Error);
        Assert.Equal("", _tool.Output);
    }

    [Fact]
    public void Nothing_is_said_to_be_none()
    {
        Assert.Equal(0, _tool.Run("--dir", _folder.Path, "--user", "nobody"));
        Assert.Equal(("", "akashi recordings: none\n"), (_tool.Output, _tool.Error));
    }

    // As the kernel has them: a login at 16:50:02 of ses 12, one start that fails, one of another ses, one after the end.
    [Fact]
    public void Started_programs_are_counted_from_the_trail()
    {
        string Exec(long time, int serial, int ses, string success) =>
            $"type=SYSCALL msg=audit({time}.100:{serial}): arch=c000003e syscall=59 success={success} exit=0 a0=0 a1=0 a2=0 a3=0 items=2 ppid=1 pid={serial} auid=1000 uid=1000 gid=1000 euid=1000 suid=1000 "
            + $"fsuid=1000 egid=1000 sgid=1000 fsgid=1000 tty=pts4 ses={ses} comm=\"ls\" exe=\"/usr/bin/ls\" key=(null)\n"
            + $"type=EXECVE msg=audit({time}.100:{serial}): argc=1 a0=\"ls\"\ntype=EOE msg=audit({time}.100:{serial}):\n";
        File.WriteAllText(_folder["audit.log"], $"type=DAEMON_START msg=audit({Start + 1000}.000:1): op=start\n");
        Assert.Equal(["", "", "", ""], Commands());

        File.WriteAllText(_folder["audit.log"], $"type=DAEMON_START msg=audit({Start - 10}.000:1): op=start\n" + Exec(Start - 1, 2, 12, "yes")
            + Exec(Start + 2, 3, 12, "yes") + Exec(Start + 3, 4, 12, "no") + Exec(Start + 4, 5, 12, "yes") + Exec(Start + 5, 6, 13, "yes") + Exec(Start + 95, 7, 12, "yes") + Exec(Start + 96, 8, 12, "yes")
            + Exec(Start + 3600, 9, 13, "yes").Replace("type=", "node=other type="));
        Assert.Equal(["3", "", "", ""], Commands());

        string[] Commands()
        {
            Assert.Equal(0, _tool.Run("--dir", _folder.Path, "--trail", _folder["audit.log"], "--csv"));
            return [.. _tool.Output.Split("\r\n")[1..^1].Select(line => line.Split(',')[16])];
        }
    }

    [Fact]
    public void Logins_without_a_recording_are_listed()
    {
        // Alice was recorded from Start on: ses 12 has its recording, ses 20 none, and a login without a terminal needs none.
        string Login(long time, int serial, int auid, int ses, string terminal, string result = "success") =>
            $"type=USER_LOGIN msg=audit({time}.100:{serial}): pid={serial} uid=0 auid={auid} ses={ses} msg='op=login id={auid} exe=\"/usr/sbin/sshd\" hostname=192.0.2.9 addr=192.0.2.9 terminal={terminal} res={result}'\n";
        string Probe(long time, int serial, string state) =>
            $"type=TRUSTED_APP msg=audit({time}.100:{serial}): pid=1 uid=0 auid=1001 ses=4 msg='op=akashi-setup-probe id=login-trial state={state} exe=\"/usr/bin/akashi\" res=success'\n";
        File.WriteAllText(_folder["audit.log"], Login(Start - 50, 1, 1000, 19, "/dev/pts/3") + Login(Start + 1, 2, 1000, 12, "/dev/pts/3") + Login(Start + 500, 3, 1000, 20, "/dev/pts/3")
            + Login(Start + 600, 4, 1000, 21, "ssh") + Login(Start + 700, 5, 1000, 22, "/dev/pts/3", "failed") + Login(Start + 800, 6, 1777, 23, "/dev/pts/3")
            + Probe(Start + 900, 7, "begin") + Login(Start + 901, 8, 1000, 24, "/dev/pts/9").Replace("192.0.2.9", "?") + Probe(Start + 902, 9, "end"));

        Assert.Equal(0, _tool.Run("--dir", _folder.Path, "--trail", _folder["audit.log"], "--unrecorded"));

        Assert.Equal("""
            USER  AUID  SES  FROM       TERMINAL  START                WHY
            1000  1000  20   192.0.2.9  pts/3     2026-11-21 16:58:20  not known
            1000  1000  24   -          pts/9     2026-11-21 17:05:01  trial of setup

            """, _tool.Output);
        Assert.Equal("", _tool.Error);
    }

    string Make(int ses, string user, int auid, long start, string? address, string shown, string? command, bool isTrial = false)
    {
        string name = $"{DateTimeOffset.FromUnixTimeSeconds(start).UtcDateTime:yyyyMMdd-HHmmss}-{user}-ses{ses}-0f3a9c1e-pts3.cast";
        var session = $"\"node\":\"web1\",\"boot\":\"0f3a9c1e-77\",\"auid\":\"{auid}\",\"ses\":\"{ses}\",\"user\":\"{user}\",\"terminal\":\"/dev/pts/3\",\"login\":\"yes\",\"append_only\":\"no\""
            + (address is null ? "" : $",\"address\":\"{address}\"") + (isTrial ? ",\"trial\":\"yes\"" : "");
        string header = $"{{\"version\":3,\"term\":{{\"cols\":80,\"rows\":24}},\"timestamp\":{start},{(command is null ? "" : $"\"command\":\"{command}\",")}\"akashi\":{{\"format\":1,\"chain\":\"sha256\",\"session\":{{{session}}}}}}}";
        string text = header + "\n" + $"[0.250000, \"o\", \"{shown}\"]\n[0.000000, \"x\", \"3\"]\n[0.000000, \"e\", \"o=2 i=0\"]\n[0.000000, \"c\", \"{new string('a', 64)}\"]\n";
        File.WriteAllBytes(_folder[name], Encoding.UTF8.GetBytes(text));
        File.SetUnixFileMode(_folder[name], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Touch(_folder[name], start + 95);
        return _folder[name];
    }

    static void Touch(string path, long unixSeconds) => File.SetLastWriteTimeUtc(path, DateTimeOffset.FromUnixTimeSeconds(unixSeconds).UtcDateTime);
}
