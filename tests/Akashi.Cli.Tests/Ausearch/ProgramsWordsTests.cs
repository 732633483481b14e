using System.Globalization;
using System.Text.RegularExpressions;

namespace Akashi.Cli.Tests.Ausearch;

/// <summary>Records that a program sent: what it says inside <c>msg='…'</c> against what the kernel wrote before.</summary>
/// <remarks>Expected serials are those of Debian's ausearch 3.0.9, but for -ui (docs/differences.md).</remarks>
public sealed partial class ProgramsWordsTests
{
    const string Log =
        "type=USER_CMD msg=audit(1700000000.100:1): pid=10 uid=1000 auid=1000 ses=1 msg='cwd=\"/x uid=0\" cmd=6C73 uid=0 auid=0 pid=1 ses=9 exe=\"/evil\" terminal=pts/9 hostname=evil addr=? res=success'\n"
        + "type=USER msg=audit(1700000001.100:2): pid=12 uid=1000 auid=1000 ses=1 msg='text=hello ses=7 key=\"k1\" exe=\"/bin/x\" hostname=? addr=? terminal=? res=failed'\n"
        + "type=USER_ACCT msg=audit(1700000002.100:3): pid=14 uid=0 msg='op=PAM:accounting auid=1000 ses=3 acct=\"alice\" exe=\"/usr/sbin/cron\" hostname=? addr=? terminal=cron res=success'\n"
        + "type=USER_START msg=audit(1700000003.100:4): pid=15 uid=0 auid=1000 ses=2 subj=system_u:s msg='op=PAM:session_open acct=\"x\" exe=\"/usr/bin/sudo\" hostname=? addr=? terminal=/dev/pts/0 res=success subj=evil_u'\n"
        + "type=USER_AVC msg=audit(1700000004.100:5): pid=18 uid=81 auid=4294967295 ses=4294967295 subj=s:r:t msg='avc:  denied  { send_msg } for msgtype=method_call spid=100 tpid=200 scontext=a:b:c tcontext=d:e:f tclass=dbus exe=\"/usr/bin/dbus\" sauid=81 hostname=? addr=? terminal=?'\n"
        + "type=AVC msg=audit(1700000005.100:6): avc:  granted  { read } for  pid=22 comm=\"httpd\" name=\"x\" dev=\"sda\" ino=5 scontext=a:b:c tcontext=d:e:f tclass=file\n";

    [Theory]
    [InlineData("", "-ul", "0")]
    [InlineData("1,2,3,4", "-ul", "1000")]
    [InlineData("", "-p", "1")]
    [InlineData("1", "-p", "10")]
    [InlineData("", "--session", "9")]
    [InlineData("", "--session", "7")]
    [InlineData("3", "--session", "3")]
    [InlineData("", "-k", "k1")]
    [InlineData("", "-su", "evil_u")]
    [InlineData("4", "-su", "system_u")]
    [InlineData("1", "-f", "/x")]
    [InlineData("2,5", "-sv", "no")]
    [InlineData("1,3,4,6", "-sv", "yes")]
    [InlineData("1", "-tm", "pts/9")]
    [InlineData("1,2", "-ui", "1000")]
    [InlineData("3,4", "-ui", "0")]
    [InlineData("3,4", "-ui", "root")]
    public void Nobody_is_found_by_what_a_program_says_of_itself_against_the_kernel(string serials, params string[] options)
    {
        AusearchRun run = AusearchRun.Of(Log, [.. options, "--raw"]);

        Assert.Equal(serials, string.Join(',', Serial().Matches(run.Output).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))));
    }

    [GeneratedRegex(@"audit\([0-9.]+:(\d+)\)")]
    private static partial Regex Serial();
}
