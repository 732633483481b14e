using Akashi.Events;
using Akashi.Formats;
using Akashi.Testing;
using Akashi.Tests.Normalization;

namespace Akashi.Tests.Formats;

public class TextFormatTests
{
    const string Kill =
        """type=SYSCALL msg=audit(9.000:1): arch=c000003e syscall=62 success=yes exit=0 a0=1 a1=9 items=0 auid=1000 uid=0 ses=3 comm="k" exe="/bin/kill" key="k" """;

    readonly TestHost _host = new("root:x:0:0::/root:/bin/sh\noperator1:x:1000:1000::/home:/bin/sh\n", "root:x:0:\n");

    [Theory]
    [InlineData(1, "killed-pid (0) using /bin/kill")]
    [InlineData(3, "killed-list-of-pids (0,1,2) using /bin/kill")]
    [InlineData(4, "killed-list-of-pids (0,1,2,...) using /bin/kill")]
    public void Three_processes_are_named_at_most(int count, string said)
    {
        string[] targets = [.. Enumerable.Range(0, count).Select(pid => $"type=OBJ_PID msg=audit(9.000:1): opid={pid} ocomm=\"x\"")];

        string[] lines = CsvFormatTests.Print(new TextFormat(_host), Assembled.One([Kill, .. targets]));

        Assert.Equal(["At 00:00:09 01/01/70 operator1, acting as root, successfully " + said], lines);
    }

    // The sentences are those that ausearch 4.2.2 printed for testdata's logs, save names.
    [Theory]
    [InlineData("""type=USER_END msg=audit(9.000:1): pid=1 uid=0 auid=0 ses=1 msg='op=PAM:x acct="root" exe="/usr/sbin/crond" terminal=cron res=success'""", "At 00:00:09 01/01/70 root successfully ended-session cron ")]
    [InlineData("""type=DAEMON_START msg=audit(9.000:1): op=start auid=4294967295 pid=1 uid=0 ses=4294967295 res=success""", "At 00:00:09 01/01/70 system, acting as root, successfully started-audit using init")]
    [InlineData("""type=PROCTITLE msg=audit(9.000:1): proctitle="x" """, "At 00:00:09 01/01/70  did-unknown ")]
    [InlineData("""node=n type=TTY msg=audit(9.000:1): tty pid=1 uid=0 auid=0 ses=1 major=136 minor=1 comm="vi" data=6869""", "On n at 00:00:09 01/01/70 root typed \"hi\" using vi")]
    public void An_event_is_one_sentence(string record, string sentence) =>
        Assert.Equal([sentence], CsvFormatTests.Print(new TextFormat(_host), Assembled.One(record)));
}
