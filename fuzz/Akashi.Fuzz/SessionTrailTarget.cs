using System.Text;
using Akashi.Events;
using Akashi.Recordings;
using Akashi.Search;
using Akashi.Trail;

namespace Akashi.Fuzz;

/// <summary>What a trail tells of sessions: programs started in them, logins without a recording.</summary>
static class SessionTrailTarget
{
    static readonly RecordingSummary[] s_sessions =
    [
        new() { Name = "20261121-221533-shota-ses9-697ca3a4-pts0", Session = [("ses", "9"), ("node", "web1")], UnixSeconds = 1795299333, LengthSeconds = 100 },
        new() { Name = "odd", Session = [("ses", "x")], UnixSeconds = 0, LengthSeconds = long.MaxValue },
    ];

    /// <summary>Starts and logins of a session, as sshd, the kernel and the recorder write them.</summary>
    public static IReadOnlyList<byte[]> Trails() =>
    [
        Encoding.UTF8.GetBytes("""
            type=USER_LOGIN msg=audit(1795299333.164:148): pid=503 uid=0 auid=1000 ses=9 msg='op=login id=1000 exe="/usr/sbin/sshd" hostname=192.0.2.7 addr=192.0.2.7 terminal=/dev/pts/0 res=success'
            type=SYSCALL msg=audit(1795299340.100:149): arch=c000003e syscall=59 success=yes exit=0 items=2 ppid=1 pid=7 auid=1000 uid=1000 tty=pts4 ses=9 comm="ls" exe="/usr/bin/ls"
            type=EXECVE msg=audit(1795299340.100:149): argc=1 a0="ls"
            type=TRUSTED_APP msg=audit(1795299350.100:150): pid=479 uid=0 auid=4294967295 ses=4294967295 msg='op=session-unrecorded acct="shota" id=1000 rec_ses=9 reason="x" res=failed'
            type=TRUSTED_APP msg=audit(1795299351.100:151): pid=479 uid=0 auid=4294967295 ses=4294967295 msg='op=recorder-away from=1795299300.1 until=1795299350.9 end=killed waiting=none res=failed'
            type=TRUSTED_APP msg=audit(1795299352.100:152): pid=479 uid=0 auid=4294967295 ses=4294967295 msg='op=session-recorded name="20261121-221533-shota-ses9-697ca3a4-pts0.cast" res=success'

            """),
    ];

    /// <summary>Reads one.</summary>
    public static void Run(byte[] log)
    {
        var commands = new SessionCommands(s_sessions);
        foreach (int index in commands.FindCountable(long.MinValue))
            commands.Add(index);
        var logins = new UnrecordedLogins(new Dictionary<uint, long> { [1000] = 0 });
        logins.Add(s_sessions[0]);
        using var search = new TrailSearch(new TrailReader(new MemoryStream(log)), new SearchPlan([]), new EventAssembler());
        long events = 0;
        while (search.TryNext(out AuditEvent? next))
        {
            events++;
            commands.Take(next);
            logins.Take(next);
        }

        if (commands.Finish().Any(session => session.CommandCount > events))
            throw new InvalidOperationException("more starts than events");
        logins.Find();
    }
}
