using Akashi.Host;

namespace Akashi.Daemon.Disk;

/// <summary>Rotation by time: where the local time has come into another stretch, the next group begins a new segment.</summary>
/// <remarks>
/// An empty log isn't rotated. After a pause of the daemon the log's last change tells in which stretch it was written. Stretches begin
/// at whole minutes in every zone: the zone is asked once a minute.
/// </remarks>
public sealed partial class TrailSink
{
    RotationCalendar? _calendar;
    long _minute;
    long _stretch;

    /// <summary>From now on rotates by this calendar; null not to.</summary>
    public void Follow(RotationCalendar? calendar)
    {
        _calendar = calendar;
        _minute = 0;
        if (calendar is not null)
            _stretch = calendar.StretchOf(_writer.Length > 0 ? File.GetLastWriteTimeUtc(_writer.Path) : _clock.GetUtcNow());
    }

    void RotateByTime()
    {
        if (_calendar is null || _isSuspended)
            return;
        DateTimeOffset now = _clock.GetUtcNow();
        long minute = now.ToUnixTimeSeconds() / 60;
        if (minute == _minute)
            return;
        _minute = minute;
        long stretch = _calendar.StretchOf(now);
        if (stretch == _stretch)
            return;
        try
        {
            if (_writer.Length > 0)
                NoteRotation(_writer.Rotate());
            _stretch = stretch;
        }
        catch (TrailException exception)
        {
            // In a minute again.
            Fail(exception);
        }
    }
}
