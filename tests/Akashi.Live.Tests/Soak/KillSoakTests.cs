using System.Diagnostics;
using Akashi.Live.Tests.Daemon;
using Akashi.Testing;

namespace Akashi.Live.Tests.Soak;

/// <summary>auditd killed at random points under load.</summary>
[Trait("Category", "Soak")]
public sealed class KillSoakTests(KernelAudit audit, ITestOutputHelper output) : IDisposable
{
    const int Kills = 100;
    const int KillsPerLog = 5;

    readonly AuditdProgram _auditd = new(isPublished: true);
    KernelAudit.Loan? _loan;

    public void Dispose()
    {
        _auditd.Dispose();
        _loan?.Dispose();
    }

    [Fact]
    public void After_each_of_100_kills_the_trail_has_whole_records_once_each()
    {
        _loan = audit.Borrow();
        _loan.Enable();
        _auditd.Configure("max_log_file = 9999", "max_log_file_action = ignore");
        var random = new Random(Seeded.Seed);
        output.WriteLine($"AKASHI_SEED={Seeded.Seed}");
        using var load = new SoakLoad(audit.Host, _loan.Kernel, long.MaxValue);
        long whole = 0, partial = 0;
        for (int kill = 1; kill <= Kills; kill++)
        {
            Kill(after: TimeSpan.FromMilliseconds(random.Next(1, 400)));
            SoakTrail trail = SoakTrail.Read(_auditd.LogPath, isCut: true);
            trail.AssertSound();
            if (kill % KillsPerLog != 0)
                continue;
            whole += trail.WholeEvents;
            partial += trail.PartialEvents;
            File.Delete(_auditd.LogPath);
        }

        Assert.True(whole > Kills, "the load came to nothing");
        output.WriteLine($"{Kills} kills: {whole} events whole, {partial} cut by a kill");
    }

    void Kill(TimeSpan after)
    {
        using Process daemon = _auditd.Start("-n", "-s", "nochange");
        long size = new FileInfo(_auditd.LogPath).Length;
        AuditdProgram.WaitFor(() => new FileInfo(_auditd.LogPath).Length > size, "nothing is recorded");
        long began = Stopwatch.GetTimestamp();
        SpinWait.SpinUntil(() => Stopwatch.GetElapsedTime(began) >= after);
        daemon.Kill();
        Assert.True(daemon.WaitForExit(AuditdProgram.Limit), "it does not die");
        File.Delete(_auditd.PidFile);
    }
}
