using System.Diagnostics;
using System.Globalization;
using Akashi.Host;
using Akashi.Live.Tests.Daemon;

namespace Akashi.Live.Tests.Soak;

/// <summary>auditd over ten million events: what it holds doesn't grow, and nothing is lost.</summary>
[Trait("Category", "Soak")]
public sealed class MemorySoakTests(KernelAudit audit, ITestOutputHelper output) : IDisposable
{
    const long Events = 10_000_000;
    const int WarmMegabytes = 500;
    const int PeakKilobytesMax = 20 * 1024;
    const int GrowthKilobytesMax = 1024;

    readonly AuditdProgram _auditd = new(isPublished: true);
    KernelAudit.Loan? _loan;

    public void Dispose()
    {
        _auditd.Dispose();
        _loan?.Dispose();
    }

    [Fact]
    public void Ten_million_events_leave_its_memory_flat()
    {
        _loan = audit.Borrow();
        _loan.Enable();
        _auditd.Configure("max_log_file = 100", "num_logs = 5", "max_log_file_action = rotate");
        using Process daemon = _auditd.Start("-n", "-s", "nochange");
        uint lostBefore = _loan.Kernel.GetStatus().Lost;
        long began = Stopwatch.GetTimestamp();
        using var load = new SoakLoad(audit.Host, _loan.Kernel, Events);

        Assert.True(SpinWait.SpinUntil(() => File.Exists($"{_auditd.LogPath}.{WarmMegabytes / 100 - 1}"), TimeSpan.FromMinutes(5)), "it does not rotate");
        int warm = Memory("RssAnon");
        load.WaitForEnd();
        AuditdProgram.WaitFor(() => _loan.Kernel.GetStatus().Backlog == 0, "the kernel's queue stays");
        TimeSpan took = Stopwatch.GetElapsedTime(began);
        long written = 0;
        AuditdProgram.WaitFor(() => (written = Written()) >= 4 * Events, $"only {written} records are written");
        int end = Memory("RssAnon"), peak = Memory("VmHWM");

        output.WriteLine($"{Events} events, {written} records in {took.TotalSeconds:F0} s; RssAnon {warm} kB when warm, {end} kB at the end, peak VmHWM {peak} kB");
        Assert.Equal(lostBefore, _loan.Kernel.GetStatus().Lost);
        Assert.InRange(end, 0, warm + GrowthKilobytesMax);
        Assert.InRange(peak, 0, PeakKilobytesMax);
    }

    int Memory(string name) => int.Parse(
        File.ReadLines($"/proc/{_auditd.DaemonPid}/status").Single(line => line.StartsWith(name + ":", StringComparison.Ordinal)).Split(':')[1].Replace("kB", "").Trim(),
        CultureInfo.InvariantCulture);

    long Written()
    {
        File.Delete(_auditd.StateFile);
        _auditd.Signal(Signal.Continue);
        AuditdProgram.WaitFor(() => File.Exists(_auditd.StateFile), "no state file");
        string line = File.ReadLines(_auditd.StateFile).Single(line => line.StartsWith("records written = ", StringComparison.Ordinal));
        return long.Parse(line.Split(" = ")[1], CultureInfo.InvariantCulture);
    }
}
