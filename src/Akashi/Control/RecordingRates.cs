namespace Akashi.Control;

/// <summary>How much is recorded.</summary>
/// <remarks>A window that is longer than the service has run is as long as that.</remarks>
public sealed record RecordingRates
{
    /// <summary>From fewer seconds nothing is said of a day.</summary>
    public const int DaySecondsMin = 600;

    /// <summary>Events a second, over the last five seconds.</summary>
    public double EventsNow { get; init; }

    /// <summary>Events a second, over the last minute.</summary>
    public double EventsMinute { get; init; }

    /// <summary>Events a second, over the last hour.</summary>
    public double EventsHour { get; init; }

    /// <summary>Bytes of the trail a day, from the last 24 hours.</summary>
    public double BytesDay { get; init; }

    /// <summary><see cref="BytesDay"/> where it rests on ten minutes at least; null where that says nothing yet.</summary>
    public double? BytesDayKnown => DaySeconds >= DaySecondsMin ? BytesDay : null;

    /// <summary>How many seconds <see cref="BytesDay"/> rests on: 0 to 86400.</summary>
    public long DaySeconds { get; init; }
}
