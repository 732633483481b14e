using System.Text;
using Akashi.Events;
using Akashi.Formats;
using Akashi.Host;
using Akashi.Output;
using Akashi.Testing;
using Akashi.Tests.Normalization;

namespace Akashi.Tests.Formats;

public class CsvFormatTests
{
    const string Login =
        """node=web type=USER_LOGIN msg=audit(1738140096.005:748): pid=7 uid=0 auid=1000 ses=330 subj=unconfined msg='op=login id=0 exe="/usr/sbin/sshd" hostname=h addr=1.2.3.4 terminal=/dev/pts/3 res=success'""";

    readonly TestHost _host = new();

    // The columns as ausearch 4.2.2 names them.
    [Fact]
    public void The_columns_are_named_once()
    {
        string[] lines = Print(new CsvFormat(_host), Assembled.One(Login), Assembled.One(Login));

        Assert.Equal("NODE,EVENT,DATE,TIME,SERIAL_NUM,EVENT_KIND,SESSION,SUBJ_PRIME,SUBJ_SEC,SUBJ_KIND,ACTION,RESULT,OBJ_PRIME,OBJ_SEC,OBJ_KIND,HOW", lines[0]);
        Assert.Equal("web,USER_LOGIN,01/29/25,08:41:36,748,user-login,330,root,,privileged-acct,logged-in,success,/dev/pts/3,,user-session,/usr/sbin/sshd", lines[1]);
        Assert.Equal(lines[1], lines[2]);
        Assert.Equal(3, lines.Length);
    }

    [Theory]
    [InlineData(CsvColumns.Time, "2025,01,29,3, 8,5,+00:00,748,")]
    [InlineData(CsvColumns.Labels, "privileged-acct,unconfined,logged-in,success,/dev/pts/3,,,user-session,")]
    [InlineData(CsvColumns.SecondObject, "/dev/pts/3,,,user-session,/usr/sbin/sshd")]
    [InlineData(CsvColumns.Keys, "user-session,/usr/sbin/sshd,")]
    public void Further_columns_stand_in_their_places(CsvColumns columns, string part) =>
        Assert.Contains(part, Print(new CsvFormat(_host, columns), Assembled.One(Login))[1]);

    // date --date=@1738140096 +%:z, in Asia/Kathmandu and in America/St_Johns.
    [Theory]
    [InlineData(20700, "+05:45")]
    [InlineData(-12600, "-03:30")]
    public void The_offset_of_the_zone_has_its_minutes(int seconds, string offset)
    {
        var stream = new MemoryStream();
        using (var output = new Utf8Output(stream))
            new CsvTime(new ShiftedTime(seconds)).Write(new Akashi.Records.EventStamp(1738140096005, 1), hasParts: true, output);

        Assert.EndsWith(",5," + offset + ",", Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public void What_says_not_who_acted_is_an_empty_frame_and_counted()
    {
        var format = new CsvFormat(_host);
        AuditEvent lost = Assembled.One(
            """type=PATH msg=audit(9.000:1): item=0 name="/a" nametype=NORMAL""", """type=PATH msg=audit(9.000:1): item=1 name="/b" nametype=NORMAL""");

        Assert.Equal(",PATH,01/01/70,00:00:09,1,,,,,,,,,,", Print(format, lost)[1]);
        Assert.Equal(1, format.NotNormalizedCount);
    }

    [Fact]
    public void Control_bytes_of_a_value_are_escaped()
    {
        AuditEvent auditEvent = Assembled.One(
            """type=USER_CMD msg=audit(9.000:1): pid=7 uid=0 auid=0 ses=3 msg='cmd=6C731B5B32 exe="/usr/bin/sudo" terminal=pts/1 res=success'""");

        Assert.Contains(@",ls\033[2,,process,/usr/bin/sudo", Print(new CsvFormat(_host), auditEvent)[1]);
    }

    internal static string[] Print(IEventFormat format, params AuditEvent[] events)
    {
        var stream = new MemoryStream();
        using (var output = new Utf8Output(stream))
        {
            foreach (AuditEvent auditEvent in events)
                format.Write(auditEvent, output);
        }

        return Encoding.UTF8.GetString(stream.ToArray()).TrimEnd('\n').Split('\n');
    }

    sealed class ShiftedTime(int seconds) : ILocalTime
    {
        readonly UtcTime _utc = new();

        public LocalDateTime ToLocal(long unixSeconds) => _utc.ToLocal(unixSeconds + seconds);

        public long ToUnixSeconds(LocalDateTime local) => _utc.ToUnixSeconds(local) - seconds;

        public int Format(string format, long unixSeconds, Span<byte> destination) =>
            _utc.Format(format, unixSeconds + seconds, destination);

        public bool TryParse(string text, string format, LocalDateTime start, out LocalDateTime result) =>
            _utc.TryParse(text, format, start, out result);
    }
}
