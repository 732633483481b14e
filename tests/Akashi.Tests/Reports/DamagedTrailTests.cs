using System.Text;
using Akashi.Events;
using Akashi.Output;
using Akashi.Records;
using Akashi.Reports.Commands;
using Akashi.Reports.Guests;
using Akashi.Reports.Logins;
using Akashi.Reports.Software;
using Akashi.Testing;
using Record = Akashi.Records.Record;

namespace Akashi.Tests.Reports;

/// <summary>The reports over real lines with random damage: nobody may stop a report by what he writes into the trail.</summary>
public sealed class DamagedTrailTests
{
    const int Seed = 20261121;

    static readonly string[] s_made =
    [
        "type=SOFTWARE_UPDATE msg=audit(1738140096.263:1): pid=100 uid=0 auid=1000 ses=2 msg='op=install sw=\"n-1:1.2-3.x86_64\" sw_type=rpm comm=\"dnf\" res=success'",
        "type=VIRT_CONTROL msg=audit(1738140096.263:2): pid=9 uid=0 auid=1 ses=2 msg='virt=kvm op=start reason=booted vm=\"g\" uuid=fb4149f5-9ff6-4095-f6d3-a1d03936fdfa vm-pid=12 res=success'",
        "type=VIRT_RESOURCE msg=audit(1738140096.263:3): pid=9 uid=0 auid=1 ses=2 msg='virt=kvm resrc=net reason=start vm=\"g\" uuid=fb4149f5-9ff6-4095-f6d3-a1d03936fdfa old-net=? new-net=52:54 res=success'",
        "type=ANOM_ABEND msg=audit(1738140096.263:4): auid=1 uid=107 gid=107 ses=2 subj=x pid=12 comm=\"qemu\" sig=11",
        "type=USER_LOGIN msg=audit(1738140096.263:6): pid=9 uid=0 auid=0 ses=4 msg='op=login id=0 exe=\"/s\" hostname=h addr=a terminal=pts/1 res=success'",
        "type=SYSTEM_BOOT msg=audit(1738140096.263:5): pid=1 uid=0 auid=4294967295 ses=4294967295 msg=' comm=\"a\" res=success'",
    ];

    [Fact]
    public void Damaged_lines_never_throw()
    {
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        byte[][] lines = [.. TestLogs.Lines("articles.log"), .. TestLogs.Lines("server.log").Take(600), .. s_made.Select(Encoding.UTF8.GetBytes)];
        var host = new TestHost();
        using var output = new Utf8Output(new MemoryStream());
        var sessions = new LoginSessions(host.Accounts) { OnEnd = _ => { } };
        var logins = new LastLogins();
        var guests = new GuestHistory(host.Accounts);
        var commands = new CommandReport(host, output);
        var software = new SoftwareRuns(host.Accounts);
        var assembler = new EventAssembler();

        for (int round = 0; round < 20_000; round++)
        {
            byte[] damaged = Damage(lines[random.Next(lines.Length)], random);
            if (Record.TryParse(damaged, out Record record, out _))
                assembler.Add(record, default);
            while (assembler.TryTake(out AuditEvent? next))
            {
                sessions.Add(next);
                logins.Add(next);
                guests.Add(next);
                commands.Add(next);
                software.Add(next);
            }
        }

        new SoftwareReport(host.LocalTime, []).Write(software.Runs, output);
        Assert.True(commands.Rows > 0);
        Assert.NotEmpty(guests.Events);
        Assert.NotEmpty(software.Runs);
        Assert.True(logins.Count > 0);
    }

    // Bytes changed, a piece cut out or doubled behind the stamp; one line in four stays whole.
    static byte[] Damage(byte[] line, Random random)
    {
        List<byte> damaged = [.. line];
        int body = Math.Max(line.AsSpan().IndexOf("): "u8), 0) + 3;
        for (int count = random.Next(0, 4); count > 0 && damaged.Count > body + 2; count--)
        {
            int index = random.Next(body, damaged.Count), length = Math.Min(random.Next(1, 12), damaged.Count - index);
            switch (random.Next(3))
            {
                case 0:
                    damaged[index] = (byte)random.Next(256);
                    break;
                case 1:
                    damaged.RemoveRange(index, length);
                    break;
                default:
                    damaged.InsertRange(index, damaged.GetRange(index, length));
                    break;
            }
        }

        return [.. damaged];
    }
}
