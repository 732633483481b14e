using System.Text;
using Akashi.Control;
using Akashi.Host;
using Akashi.Testing;

namespace Akashi.Tests.Control;

/// <summary>What goes over the control socket: frozen, mirrored, and read whatever the bytes.</summary>
public class ControlTextTests
{
    static readonly DateTimeOffset s_time = DateTimeOffset.FromUnixTimeMilliseconds(1_795_246_203_456);

    static readonly ServiceStatus s_status = new()
    {
        Program = "akashi start",
        Version = "4.2.2",
        Build = "0.1.0",
        Pid = 4242,
        Since = s_time,
        Now = s_time.AddSeconds(90),
        ReadsKernel = true,
        TrailPath = "/var/log/a b/100%\naudit.log",
        ReceivedRecords = 12,
        Events = 5,
        WrittenRecords = 11,
        WrittenBytes = 1234,
        LastWritten = s_time.AddSeconds(80),
        NamesLate = 9,
        NamesHang = true,
        Rates = new RecordingRates { EventsNow = 0.5, EventsMinute = 12.25, EventsHour = 3, BytesDay = 1_048_576, DaySeconds = 90 },
        Losses = [new LossCount(LossSource.Kernel, 3, s_time, 3, 0), new LossCount(LossSource.Gap, 2, null, 0, 7)],
        Absence = new RecordingAbsence(s_time.AddHours(-1), s_time, 17, true),
        Room = new TrailRoom { TrailBytes = 1, Segments = 2, TrailBytesMax = 3, DiskBytes = 4, FreeBytes = 5, SpaceLeftBytes = 6 },
        Plugins = [new PluginStatus("syslog", true, 1, 2, 400, 3, 4), new PluginStatus("-", false, 0, 0, 400, 0, 11)],
        UnservedKeys = ["tcp_listen_port"],
        SilentHosts = ["web 1", "db"],
        CertificateEnd = s_time.AddDays(3),
        Kernel = new AuditStatus(1, 1, 4242, 0, 8192, 3, 0, 0x7f, 15000, 0),
    };

    [Fact]
    public void The_text_of_a_status_is_frozen() => Assert.Equal(
        """
        akashi status 1
        program akashi%20start
        version 4.2.2
        akashi 0.1.0
        pid 4242
        since 1795246203456
        now 1795246293456
        reads-kernel 1
        trail /var/log/a%20b/100%25%0Aaudit.log
        suspended 0
        disk-error 0
        received 12
        events 5
        written 11
        written-bytes 1234
        last-written 1795246283456
        stalls 0
        faults 0
        restarts-refused 0
        names-late 9
        names-hang 1
        rates 0.500 12.250 3.000 1048576.000 90
        loss kernel 3 1795246203456 3 0
        loss gap 2 0 0 7
        absence 1795242603456 1795246203456 17 1
        room 1 2 3 4 5 6
        plugin syslog 1 1 2 400 3 4
        plugin %2D 0 0 0 400 0 11
        unserved tcp_listen_port
        silent-host web%201
        silent-host db
        certificate-end 1795505403456
        kernel 1 1 4242 0 8192 3 0 127 15000 0
        end

        """,
        Encoding.UTF8.GetString(ServiceStatusText.Write(s_status)));

    [Fact]
    public void What_is_written_is_read_back()
    {
        Assert.True(ServiceStatusText.TryRead(ServiceStatusText.Write(s_status), out ServiceStatus? read));

        Assert.Equal(ServiceStatusText.Write(s_status), ServiceStatusText.Write(read!));
        Assert.Equal(s_status with { Losses = [], Plugins = [], UnservedKeys = [], SilentHosts = [] }, read! with { Losses = [], Plugins = [], UnservedKeys = [], SilentHosts = [] });
        Assert.Equal(s_status.Losses, read!.Losses);
        Assert.Equal(s_status.Plugins, read.Plugins);
        Assert.Equal(s_status.SilentHosts, read.SilentHosts);
    }

    [Fact]
    public void A_newer_service_may_say_more()
    {
        byte[] text = Encoding.UTF8.GetBytes("akashi status 1\nmoon full\npid 7\nloss moon 1 0 0 0\nend\n");

        Assert.True(ServiceStatusText.TryRead(text, out ServiceStatus? read));

        Assert.Equal(7, read!.Pid);
        Assert.Empty(read.Losses);
    }

    [Theory]
    [InlineData("")]
    [InlineData("akashi status 2\nend\n")]
    [InlineData("akashi status 1\npid 7\n")]
    [InlineData("akashi status 1\npid -7\nend\n")]
    [InlineData("akashi status 1\npid 99999999999\nend\n")]
    [InlineData("akashi status 1\npid 7 7\nend\n")]
    [InlineData("akashi status 1\nsince 999999999999999999\nend\n")]
    [InlineData("akashi status 1\nsuspended 2\nend\n")]
    [InlineData("akashi status 1\ntrail a%zz\nend\n")]
    [InlineData("akashi status 1\nrates 1 1 1 1e99 1\nend\n")]
    [InlineData("akashi status 1\nkernel 1 1 1 1 1 1 1 1 1 4294967296\nend\n")]
    public void What_is_not_whole_or_not_in_range_is_refused(string text) =>
        Assert.False(ServiceStatusText.TryRead(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Damaged_texts_are_read_or_refused_and_what_is_read_can_be_written() => Seeded.Repeat(3000, random =>
    {
        byte[] damaged = Mutations.Damage(ServiceStatusText.Write(s_status), random);
        if (ServiceStatusText.TryRead(damaged, out ServiceStatus? read))
            Assert.True(ServiceStatusText.TryRead(ServiceStatusText.Write(read!), out _));
    });

    [Fact]
    public void Requests_are_one_line_of_this_version()
    {
        Assert.Equal("akashi 1 status\n"u8, ControlRequest.Write(ControlQuestion.Status));
        foreach (ControlQuestion question in Enum.GetValues<ControlQuestion>())
        {
            string node = question == ControlQuestion.Forget ? new string('n', 255) : "";
            byte[] request = ControlRequest.Write(question, node);
            Assert.True(ControlRequest.TryRead(request.AsSpan()[..^1], out ControlQuestion read, out string named));
            Assert.Equal((question, node), (read, named));
            Assert.InRange(request.Length, 1, ControlRequest.BytesMax);
        }

        Assert.Equal("akashi 1 forget web1\n"u8, ControlRequest.Write(ControlQuestion.Forget, "web1"));

        foreach (string text in (string[])["", "akashi 2 status", "akashi 1 status ", "akashi 1 stop", "akashi 1 forget", "akashi 1 forget ", "akashi 1 forget a b", "akashi 1 forgetweb1", "akashi 1 status web1", "akashi 1 restart now", "status", "AKASHI 1 STATUS"])
            Assert.False(ControlRequest.TryRead(Encoding.ASCII.GetBytes(text), out _));
    }

    [Fact]
    public void Answers_are_whole_or_none()
    {
        Assert.True(ControlAnswer.TryRead(ControlAnswer.Write("abc\n"u8), out ReadOnlySpan<byte> body, out string? refusal));
        Assert.Equal("abc\n"u8, body);
        Assert.Null(refusal);

        Assert.False(ControlAnswer.TryRead(ControlAnswer.Refuse("not for\nyou\u001b"), out _, out refusal));
        Assert.Equal("not for?you?", refusal);
        Assert.False(ControlAnswer.TryRead(ControlAnswer.Write("abc\n"u8).AsSpan()[..^1], out _, out refusal));
        Assert.Null(refusal);
        Assert.False(ControlAnswer.TryRead([.. ControlAnswer.Write("abc"u8), 0], out _, out _));
        Assert.False(ControlAnswer.TryRead("akashi 1 ok 999999999\n"u8, out _, out _));
    }

    [Trait("Category", "Long")]
    [Fact]
    public void Damaged_answers_and_rule_lists_never_throw() => Seeded.Repeat(1000, random =>
    {
        byte[][] rules = [.. Enumerable.Range(0, random.Next(4)).Select(_ => new byte[random.Next(1040, 2000)])];
        foreach (byte[] rule in rules)
            random.NextBytes(rule);
        byte[] text = RuleListText.Write(rules);

        Assert.True(RuleListText.TryRead(text, out IReadOnlyList<byte[]> read));
        Assert.Equal(rules, read);
        byte[] damaged = Mutations.Damage(text, random);
        RuleListText.TryRead(damaged, out _);
        ControlAnswer.TryRead(Mutations.Damage(ControlAnswer.Write(damaged), random), out _, out _);
        ControlRequest.TryRead(damaged, out _);
    });
}
