using System.Globalization;
using Akashi.Control;
using Akashi.Daemon.KernelState;
using Akashi.Daemon.Losses;
using Akashi.Daemon.State;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Daemon;

/// <summary>From when until when nothing was recorded: a service before this one was killed, or the machine went down.</summary>
public sealed partial class DaemonLoop
{
    const string BootIdFile = "/proc/sys/kernel/random/boot_id";

    RecordingAbsence? _absence;
    bool _isAbsenceSaid = true;

    // Before anything is written: the trail's end is where a killed service had come to.
    void LookBack()
    {
        _since = _host.Clock.GetUtcNow();
        _sinceTimestamp = _host.Clock.GetTimestamp();
        if (_surroundings.Place is not { } place)
            return;
        _marks = new RecordingMarkFile(_host.Files, place.Directory);
        RecordingMark? former = _marks.Read(out string? fault);
        if (fault is not null)
            _surroundings.Say(fault);
        if (former is null && fault is null)
            LookBackOverBoot();
        if (former is null || (former.Owner.IsAlive && former.Owner != ProcessMark.Self))
            return;
        foreach (LossSaying unsaid in former.Unsaid)
            _write.Losses.Ledger.Restore(unsaid.Source, unsaid.Count);
        if (!former.IsEnded)
            LookBack(former);
    }

    void LookBack(RecordingMark former)
    {
        if (former.BootId != FindBootId())
        {
            SetAbsence(Math.Max(former.Seen.ToUnixTimeMilliseconds(), TrailEnd.Find(_host.Files, _configuration.LogFile)?.UnixMilliseconds ?? 0));
            return;
        }

        EventStamp? last = TrailTail.FindLast(_host.Files, _configuration.LogFile, _host.BootTime);
        DateTimeOffset from = former.Seen;
        if (last is { } stamp && stamp.UnixMilliseconds > from.ToUnixTimeMilliseconds() && stamp.UnixMilliseconds <= _since.ToUnixTimeMilliseconds())
            from = DateTimeOffset.FromUnixTimeMilliseconds(stamp.UnixMilliseconds);
        // What the disk refused isn't in the trail either, and is counted already.
        bool isTrailWhole = !former.Unsaid.Any(unsaid => unsaid.Source == LossSource.Disk);
        uint? serial = isTrailWhole && last is { } written ? (uint)written.Serial : former.Serial;
        _absence = new RecordingAbsence(from, _since, 0, IsCounted: serial is not null && _configuration.HasLocalEvents);
        _isAbsenceSaid = false;
        if (serial is { } known)
        {
            _write.Losses.Gaps.OnAbsence = count => _write.Post(() => SayAbsence(count));
            _write.Losses.Gaps.Seed(known);
        }

        _surroundings.Say($"the service before this one (process {former.Owner.Pid}) ended without a word: records may be missing");
    }

    // The mark is gone with /run: the trail alone tells. One that reaches into this boot is another's, of which nothing is known.
    void LookBackOverBoot()
    {
        if (TrailEnd.Find(_host.Files, _configuration.LogFile) is not { IsOrderly: false } end)
            return;
        // A machine without a clock of its own may have begun again in the past.
        bool isOfThisBoot = end.UnixMilliseconds >= _host.BootTime.ToUnixTimeMilliseconds() && end.UnixMilliseconds <= _since.ToUnixTimeMilliseconds();
        if (!isOfThisBoot)
            SetAbsence(end.UnixMilliseconds);
    }

    // The kernel numbers anew after a boot: nobody knows how many.
    void SetAbsence(long fromMilliseconds)
    {
        _absence = new RecordingAbsence(
            DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(fromMilliseconds, _since.ToUnixTimeMilliseconds())), _since, 0, IsCounted: false);
        _isAbsenceSaid = false;
        _surroundings.Say("the machine went down while the service before this one recorded: what it had not brought to the disk is missing");
    }

    // Where no event of the kernel has come until the end, nothing is known of numbers.
    void SayAbsence(long events)
    {
        if (_isAbsenceSaid || _absence is not { } absence)
            return;
        _isAbsenceSaid = true;
        _write.WriteOwn(RecordType.DaemonErr, OwnRecords.Body(
            $"op=loss source=absence since={Stamp(absence.From)} until={Stamp(absence.Until)} count={(absence.IsCounted ? events.ToString(CultureInfo.InvariantCulture) : "unknown")} res=failed"));
    }

    static string Stamp(DateTimeOffset time)
    {
        long milliseconds = time.ToUnixTimeMilliseconds();
        return string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000}.{milliseconds % 1000:000}");
    }

    RecordingAbsence? FindAbsence() =>
        _absence is { } absence ? absence with { Events = _write.Losses.Ledger.Of(LossSource.Absence).Count } : null;

    static string FindBootId()
    {
        try
        {
            return File.ReadAllText(BootIdFile).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "unknown";
        }
    }
}
