using System.Text;
using Akashi.Events;
using Akashi.Recordings;
using Akashi.Search;
using Akashi.Testing;
using Akashi.Trail;

namespace Akashi.Tests.Recordings;

/// <summary>Records as sshd, login(1) and the recorder wrote them on Debian 12.</summary>
public class UnrecordedLoginsTests
{
    // 2026-11-21 22:15:33 UTC.
    const long Start = 1795299333;

    static readonly Dictionary<uint, long> s_people = new() { [1000] = Start };

    [Fact]
    public void A_login_has_its_recording_where_one_of_its_ses_begins_then()
    {
        Assert.Empty(Find([("20261121-221535-shota-ses9-697ca3a4-pts0")], Login(Start, 9)));
        Assert.Equal([9u], Find([("20261121-221605-shota-ses9-697ca3a4-pts0")], Login(Start, 9)).Select(login => login.Ses!.Value));
        Assert.Equal([9u], Find([("20261121-221535-shota-ses8-697ca3a4-pts0")], Login(Start, 9)).Select(login => login.Ses!.Value));
    }

    [Fact]
    public void Two_logins_of_one_ses_need_two()
    {
        string two = Login(Start, 9) + Login(Start + 1, 9, "/dev/pts/1");

        Assert.Equal(["pts/1"], Find(["20261121-221535-shota-ses9-697ca3a4-pts0"], two).Select(login => login.Terminal));
        Assert.Empty(Find(["20261121-221535-shota-ses9-697ca3a4-pts0", "20261121-221536-shota-ses9-697ca3a4-pts1"], two));
    }

    [Theory]
    [InlineData("op=session-recorded acct=\"shota\" id=1000 rec_ses=9 name=\"20261121-221533-shota-ses9-697ca3a4-pts0.cast\" hash=9dc6 bytes=1670 gaps=0 missing=0 state=whole res=success")]
    [InlineData("op=recording-removed name=\"20261121-221533-shota-ses9-697ca3a4-pts0.cast\" hash=9dc6 reason=6F6C64 res=success")]
    public void One_that_the_trail_knows_counts_too(string own) => Assert.Empty(Find([], Login(Start, 9) + Own(Start + 100, own)));

    [Fact]
    public void The_recorder_says_why()
    {
        const string Reason = "the disk is full";
        string refused = Own(Start + 1, $"op=session-unrecorded acct=\"shota\" id=1000 rec_ses=9 old_uid=1000 old_pid=643 reason={Convert.ToHexString(Encoding.UTF8.GetBytes(Reason))} res=failed");

        Assert.Equal(new UnrecordedLogin(Start, 1000, 9, "pts/0", "192.0.2.7", Reason), Assert.Single(Find([], Login(Start, 9) + refused)));

        // su on a terminal makes no login record.
        Assert.Equal(new UnrecordedLogin(Start + 1, 1000, 9, "", "", Reason), Assert.Single(Find([], refused)));
    }

    const string Recorded = "op=session-recorded acct=\"shota\" id=1000 rec_ses=9 name=\"20261121-221533-shota-ses9-697ca3a4-pts0.cast\" hash=9dc6 bytes=1670 gaps=0 missing=0 state=whole res=success";

    [Theory]
    [InlineData("pid=479 uid=1000 auid=4294967295 ses=4294967295")]
    [InlineData("pid=479 uid=0 auid=1000 ses=4294967295")]
    [InlineData("pid=479 uid=0 auid=4294967295 ses=9")]
    [InlineData("pid=479 old_uid=0 old_auid=4294967295 ses=4294967295")]
    public void Records_of_others_arent_believed(string prefix)
    {
        string Forged(string text) => $"type=TRUSTED_APP msg=audit({Start + 1}.420:226): {prefix} msg='{text} uid=0 auid=4294967295 ses=4294967295'\n";

        string forged = Forged(Recorded) + Forged("op=session-unrecorded id=1000 rec_ses=9 reason=\"x\"") + Forged($"op=recorder-away from={Start - 1}.5 until={Start + 1}.5")
            + Forged("op=session-refused id=1000 rec_ses=8 reason=\"x\"");

        Assert.Equal(new UnrecordedLogin(Start, 1000, 9, "pts/0", "192.0.2.7", ""), Assert.Single(Find([], Login(Start, 9) + forged)));
    }

    [Fact]
    public void Another_machines_records_and_recordings_arent_a_logins()
    {
        string login = "node=colA " + Login(Start, 9);
        string refused = Own(Start + 1, "op=session-refused id=1000 rec_ses=9 reason=\"x\" res=failed");
        string away = Own(Start + 900, $"op=recorder-away from={Start - 10}.525 until={Start + 899}.670 end=orderly waiting=none res=failed");

        Assert.Empty(Find([], login + "node=colA " + Own(Start + 100, Recorded)));
        Assert.Equal("", Assert.Single(Find([], login + "node=other " + Own(Start + 100, Recorded) + "node=other " + away)).Reason);
        Assert.Equal(["", "x"], Find([], login + "node=other " + refused).Select(found => found.Reason));

        Assert.Empty(Take(WithFile("colA", "1000"), login).Find());
        Assert.Single(Take(WithFile("other", "1000"), login).Find());
    }

    [Fact]
    public void Another_users_recording_isnt_a_logins()
    {
        Assert.Single(Find([], Login(Start, 9) + Own(Start + 100, Recorded.Replace("id=1000", "id=1001", StringComparison.Ordinal))));
        Assert.Single(Take(WithFile("colA", "1001"), Login(Start, 9)).Find());
        Assert.Single(Find([], Login(Start, 9) + Own(Start, "op=session-refused id=1000 rec_ses=9 reason=\"x\" res=failed")));
    }

    [Fact]
    public void A_recording_is_counted_once_however_it_is_known()
    {
        string removed = Own(Start + 200, "op=recording-removed name=\"20261121-221533-shota-ses9-697ca3a4-pts0.cast.zst\" hash=9dc6 reason=6F6C64 res=success");
        string two = Login(Start, 9) + Login(Start + 1, 9, "/dev/pts/1");

        Assert.Equal("pts/1", Assert.Single(Take(WithFile("colA", "1000"), two + Own(Start + 100, Recorded) + removed).Find()).Terminal);
        Assert.Equal("pts/1", Assert.Single(Find([], two + Own(Start + 100, Recorded) + removed)).Terminal);
    }

    [Fact]
    public void Many_logins_and_many_refusals_are_told_apart()
    {
        const int Count = 6_000;
        var people = new Dictionary<uint, long> { [1000] = 0 };
        var trail = new StringBuilder();
        for (int index = 0; index < Count; index++)
        {
            trail.Append(Login(Start + index, index % 3 == 0 ? 9 : index));
            trail.Append(Own(Start + index, $"op=session-refused id=1000 rec_ses={(index % 3 == 0 ? 3 * Count : Count + index)} reason=\"x\" res=failed"));
        }

        Assert.Equal(2 * Count, Take(new UnrecordedLogins(people), trail.ToString()).Find().Count);
    }

    static UnrecordedLogins WithFile(string node, string auid)
    {
        var logins = new UnrecordedLogins(s_people);
        logins.Add(new RecordingSummary { Name = "20261121-221533-shota-ses9-697ca3a4-pts0", Session = [("node", node), ("auid", auid), ("ses", "9")] });
        return logins;
    }

    [Fact]
    public void A_file_without_a_session_is_no_recording()
    {
        string own = Own(Start + 6, "op=session-unrecorded name=\"20261121-221533-shota-ses9-697ca3a4-pts0.cast\" reason=746865206C6F67696E206469646E27742077616974 res=failed")
            + Own(Start + 7, "op=session-recorded acct=\"shota\" id=1000 rec_ses=9 name=\"20261121-221533-shota-ses9-697ca3a4-pts0.cast\" hash=9dc6 bytes=584 gaps=0 missing=0 state=closed res=failed");

        Assert.Equal("the login didn't wait", Assert.Single(Find(["20261121-221533-shota-ses9-697ca3a4-pts0"], Login(Start, 9) + own)).Reason);
    }

    [Fact]
    public void An_absence_around_it_is_why()
    {
        string away = Own(Start + 900, $"op=recorder-away from={Start - 10}.525 until={Start + 899}.670 end=orderly waiting=none res=failed");

        Assert.Equal("no service took claims", Assert.Single(Find([], Login(Start, 9) + away)).Reason);
        Assert.Equal("", Assert.Single(Find([], Login(Start + 950, 9) + away)).Reason);
    }

    [Theory]
    [InlineData("type=USER_LOGIN msg=audit(1795299334.1:5): pid=1 uid=0 auid=1001 ses=9 msg='op=login id=1001 exe=\"/usr/sbin/sshd\" addr=192.0.2.7 terminal=/dev/pts/0 res=success'")]
    [InlineData("type=USER_LOGIN msg=audit(1795299332.1:5): pid=1 uid=0 auid=1000 ses=9 msg='op=login id=1000 exe=\"/usr/sbin/sshd\" addr=192.0.2.7 terminal=/dev/pts/0 res=success'")]
    [InlineData("type=USER_LOGIN msg=audit(1795299334.1:5): pid=1 uid=0 auid=1000 ses=9 msg='op=login id=1000 exe=\"/usr/sbin/sshd\" addr=192.0.2.7 terminal=ssh res=success'")]
    [InlineData("type=USER_LOGIN msg=audit(1795299334.1:5): pid=1 uid=0 auid=1000 ses=9 msg='op=login id=1000 exe=\"/usr/sbin/sshd\" addr=192.0.2.7 terminal=/dev/pts/0 res=failed'")]
    public void Others_before_without_a_terminal_and_refused_ones_dont_count(string line) => Assert.Empty(Find([], line + "\n"));

    [Fact]
    public void A_console_counts() => Assert.Equal("tty1", Assert.Single(Find([],
        $"type=USER_LOGIN msg=audit({Start}.596:198): pid=221 uid=0 auid=1000 ses=8 subj=unconfined msg='op=login acct=\"shota\" exe=\"/usr/bin/login\" hostname=akashi-lab addr=? terminal=/dev/tty1 res=success'\n")).Terminal);

    [Fact]
    public void Whatever_a_trail_holds_nothing_is_thrown()
    {
        byte[] good = Encoding.UTF8.GetBytes(Login(Start, 9) + Own(Start, "op=session-unrecorded id=1000 rec_ses=9 reason=\"x\" name=\"20261121-221533-shota-ses9-697ca3a4-pts0.cast\" res=failed")
            + Own(Start, "op=recorder-away from=1.5 until=9.5 res=failed"));
        Seeded.Repeat(2000, random =>
        {
            byte[] bytes = [.. good];
            for (int count = random.Next(1, 8); count > 0; count--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            Take(new UnrecordedLogins(s_people), bytes).Find();
        });
    }

    // As sshd writes it of a login over a pipe, and setup around it.
    [Theory]
    [InlineData("hostname=? addr=? terminal=/dev/pts/0", "0", true)]
    [InlineData("hostname=UNKNOWN addr=UNKNOWN terminal=/dev/pts/0", "0", true)]
    [InlineData("hostname=192.0.2.7 addr=192.0.2.7 terminal=/dev/pts/0", "0", false)]
    [InlineData("hostname=lab addr=? terminal=/dev/tty1", "0", false)]
    [InlineData("hostname=? addr=? terminal=/dev/pts/0", "1000", false)]
    public void What_a_setup_tried_is_called_that_and_no_others_login_is(string source, string uid, bool isTrial)
    {
        string login = $"type=USER_LOGIN msg=audit({Start + 1}.164:7): pid=503 uid=0 auid=1000 ses=9 subj=unconfined msg='op=login id=1000 exe=\"/usr/sbin/sshd\" {source} res=success'\n";

        Assert.Equal(isTrial, Assert.Single(Find([], Probe(Start, "begin", uid) + login + Probe(Start + 2, "end", uid))).IsTrial);
        Assert.False(Assert.Single(Find([], Probe(Start, "begin", uid) + login)).IsTrial);
        Assert.False(Assert.Single(Find([], Probe(Start, "begin", uid) + Probe(Start, "end", uid) + login)).IsTrial);
        Assert.False(Assert.Single(Find([], "node=other " + Probe(Start, "begin", uid) + login + "node=other " + Probe(Start + 2, "end", uid))).IsTrial);
    }

    static string Probe(long time, string state, string uid) =>
        $"type=TRUSTED_APP msg=audit({time}.420:226): pid=479 uid={uid} auid=1001 ses=4 subj=unconfined msg='op=akashi-setup-probe id=login-trial state={state} exe=\"/usr/bin/akashi\" res=success'\n";

    static string Login(long time, int ses, string terminal = "/dev/pts/0") =>
        $"type=USER_LOGIN msg=audit({time}.164:{ses}{terminal[^1]}): pid=503 uid=0 auid=1000 ses={ses} subj=unconfined msg='op=login id=1000 exe=\"/usr/sbin/sshd\" hostname=192.0.2.7 addr=192.0.2.7 terminal={terminal} res=success'\n";

    static string Own(long time, string text) =>
        $"type=TRUSTED_APP msg=audit({time}.420:226): pid=479 uid=0 auid=4294967295 ses=4294967295 subj=unconfined msg='{text}'\n";

    static List<UnrecordedLogin> Find(string[] recordings, string trail)
    {
        var logins = new UnrecordedLogins(s_people);
        foreach (string name in recordings)
            logins.Add(new RecordingSummary { Name = name });
        return Take(logins, Encoding.UTF8.GetBytes(trail)).Find();
    }

    static UnrecordedLogins Take(UnrecordedLogins logins, string trail) => Take(logins, Encoding.UTF8.GetBytes(trail));

    static UnrecordedLogins Take(UnrecordedLogins logins, byte[] trail)
    {
        using var search = new TrailSearch(new TrailReader(new MemoryStream(trail)), new SearchPlan([]), new EventAssembler());
        while (search.TryNext(out AuditEvent? next))
            logins.Take(next);
        return logins;
    }
}
