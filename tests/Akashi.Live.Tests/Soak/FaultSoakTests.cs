using System.Diagnostics;
using System.Globalization;
using Akashi.Host;
using Akashi.Live.Tests.Daemon;
using Akashi.Testing;

namespace Akashi.Live.Tests.Soak;

/// <summary>auditd under one fault after the other while 300 programs a second are started: 20 minutes, or AKASHI_SOAK_MINUTES.</summary>
[Trait("Category", "Soak")]
public sealed class FaultSoakTests(KernelAudit audit, ITestOutputHelper output) : IDisposable
{
    const int ProgramsPerSecond = 300;
    const int FaultsPerTrail = 25;

    readonly AuditdProgram _auditd = new(isPublished: true);
    readonly Random _random = new(Seeded.Seed);
    KernelAudit.Loan? _loan;
    Process? _daemon;
    SmallDisk? _disk;
    long _lossesSaid;

    // The disk is unmounted lazily: the daemon may still write its last record there, and its folder can go after.
    public void Dispose()
    {
        _disk?.Dispose();
        _auditd.Dispose();
        _daemon?.Dispose();
        _loan?.Dispose();
    }

    [Fact]
    public void Whatever_happens_the_trail_stays_sound_and_recording_goes_on()
    {
        _loan = audit.Borrow();
        _loan.Enable();
        _disk = new SmallDisk(_auditd.LogDirectory, kilobytes: 400 * 1024);
        WritePlugins();
        Configure(isRight: true);
        _daemon = _auditd.Start("-n", "-s", "nochange");
        using var load = new SoakLoad(audit.Host, _loan.Kernel, long.MaxValue, ProgramsPerSecond);
        Action[] faults = [Reload, ReloadBroken, Rotate, FillDisk, KillDaemon, KillPlugins, Pause];
        var counts = new Dictionary<string, int>();
        output.WriteLine($"AKASHI_SEED={Seeded.Seed}");
        long events = 0, began = Stopwatch.GetTimestamp();
        for (int at = 1; Stopwatch.GetElapsedTime(began) < Duration; at++)
        {
            Action fault = faults[_random.Next(faults.Length)];
            fault();
            counts[fault.Method.Name] = counts.GetValueOrDefault(fault.Method.Name) + 1;
            AssertRecording(at);
            if (at % FaultsPerTrail == 0)
                events += TakeTrail();
        }

        events += TakeTrail();
        output.WriteLine($"{Duration.TotalMinutes} minutes, {string.Join(", ", counts.Select(count => $"{count.Value} {count.Key}"))}; "
            + $"{events} events of the load in the trails, {_lossesSaid} losses said in them; memory peak {Memory("VmHWM")}");
    }

    static TimeSpan Duration => TimeSpan.FromMinutes(
        int.TryParse(Environment.GetEnvironmentVariable("AKASHI_SOAK_MINUTES"), CultureInfo.InvariantCulture, out int minutes) ? minutes : 20);

    void Configure(bool isRight) => _auditd.Configure(
        "max_log_file = 20", "num_logs = 9", "max_log_file_action = rotate", "space_left_action = ignore", "admin_space_left_action = ignore",
        "disk_full_action = ignore", "disk_error_action = ignore", isRight ? "freq = 50" : "freq = often");

    void Reload()
    {
        Configure(isRight: true);
        _auditd.Signal(Signal.Hangup);
    }

    void ReloadBroken()
    {
        Configure(isRight: false);
        _auditd.Signal(Signal.Hangup);
        Wait(200);
        Configure(isRight: true);
    }

    void Rotate() => _auditd.Signal(Signal.User1);

    void FillDisk()
    {
        string ballast = Path.Combine(_disk!.Path, "ballast");
        _disk.Fill(ballast);
        Wait(300);
        File.Delete(ballast);
    }

    void KillDaemon()
    {
        _daemon!.Kill();
        Assert.True(_daemon.WaitForExit(AuditdProgram.Limit), "it does not die");
        _daemon.Dispose();
        File.Delete(_auditd.PidFile);
        _daemon = _auditd.Start("-n", "-s", "nochange");
    }

    void KillPlugins()
    {
        foreach (string child in File.ReadAllText($"/proc/{_auditd.DaemonPid}/task/{_auditd.DaemonPid}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            Process.GetProcessById(int.Parse(child, CultureInfo.InvariantCulture)).Kill();
    }

    void Pause() => Wait(500);

    void Wait(int millisecondsMax)
    {
        long began = Stopwatch.GetTimestamp();
        TimeSpan wait = TimeSpan.FromMilliseconds(_random.Next(1, millisecondsMax));
        SpinWait.SpinUntil(() => Stopwatch.GetElapsedTime(began) >= wait);
    }

    // One that reads, one that never does.
    void WritePlugins()
    {
        Directory.CreateDirectory(_auditd["plugins.d"]);
        foreach ((string name, string command) in new[] { ("reader", "exec cat >/dev/null"), ("sleeper", "exec sleep 100000") })
        {
            File.WriteAllText(_auditd[name], $"#!/bin/sh\n{command}\n");
            File.SetUnixFileMode(_auditd[name], (UnixFileMode)0x1E8);
            string configuration = _auditd[$"plugins.d/{name}.conf"];
            File.WriteAllText(configuration, $"active = yes\npath = {_auditd[name]}\n");
            File.SetUnixFileMode(configuration, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    // A message of the test's own reaches the log: whatever was done to it, it records.
    void AssertRecording(int number)
    {
        string text = $"akashi-soak-{number}.";
        AuditdProgram.WaitFor(
            () =>
            {
                _loan!.Kernel.SendUserMessage((int)Tables.RecordType.Test, System.Text.Encoding.ASCII.GetBytes(text));
                return Segments().Take(2).Any(path => Holds(path, text));
            },
            $"it does not record after fault {number}; it said:\n{_auditd.Error}");
    }

    // A segment that is being rotated has no name for a moment.
    static bool Holds(string path, string text)
    {
        try
        {
            return File.ReadAllText(path, System.Text.Encoding.Latin1).Contains(text, StringComparison.Ordinal);
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    // Newest first.
    IEnumerable<string> Segments() => Enumerable.Range(0, 9).Select(at => at == 0 ? _auditd.LogPath : $"{_auditd.LogPath}.{at}").TakeWhile(File.Exists);

    // With the daemon stopped, so that nothing moves; then it starts anew over an empty directory.
    long TakeTrail()
    {
        _auditd.End();
        _daemon!.WaitForExit();
        _daemon.Dispose();
        var trail = new SoakTrail();
        string[] segments = [.. Segments().Reverse()];
        foreach (string segment in segments)
            trail.ReadOn(segment, isCut: false);
        Keep(trail, segments);
        trail.AssertSound();
        _lossesSaid += trail.Losses.Count;
        foreach (string segment in segments)
            File.Delete(segment);
        _daemon = _auditd.Start("-n", "-s", "nochange");
        return trail.ExecutedPrograms;
    }

    // What is wrong with it must be seen after the test's own disk is gone.
    static void Keep(SoakTrail trail, string[] segments)
    {
        if (trail.IsSound)
            return;
        string place = Directory.CreateDirectory(RepositoryFiles.PathOf("artifacts", "soak", $"{Environment.ProcessId}")).FullName;
        foreach (string segment in segments)
            File.Copy(segment, Path.Combine(place, Path.GetFileName(segment)), overwrite: true);
    }

    string Memory(string name) => File.ReadLines($"/proc/{_auditd.DaemonPid}/status").Single(line => line.StartsWith(name + ":", StringComparison.Ordinal)).Split(':')[1].Trim();
}
