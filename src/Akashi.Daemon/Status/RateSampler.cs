using Akashi.Control;

namespace Akashi.Daemon.Status;

/// <summary>How much was recorded lately: counts looked at each second, each minute and each ten minutes.</summary>
/// <remarks>A fixed room: 61 seconds, 61 minutes, 145 times ten minutes. Times are of a clock that only goes forward. Not for several threads.</remarks>
public sealed class RateSampler
{
    static readonly TimeSpan s_now = TimeSpan.FromSeconds(5);

    readonly Track _seconds = new(61, TimeSpan.FromSeconds(1));
    readonly Track _minutes = new(61, TimeSpan.FromMinutes(1));
    readonly Track _tenMinutes = new(145, TimeSpan.FromMinutes(10));
    Sample _latest;

    /// <summary>Takes the counts of now.</summary>
    /// <param name="at">Time since any beginning; never less than at the call before.</param>
    /// <param name="events">Events so far.</param>
    /// <param name="bytes">Bytes so far.</param>
    public void Take(TimeSpan at, long events, long bytes)
    {
        _latest = new Sample(at, events, bytes);
        _seconds.Add(_latest);
        _minutes.Add(_latest);
        _tenMinutes.Add(_latest);
    }

    /// <summary>The rates as of the last taking.</summary>
    public RecordingRates Rates()
    {
        Sample day = _tenMinutes.Since(_latest.At - TimeSpan.FromDays(1));
        TimeSpan dayLength = _latest.At - day.At;
        return new RecordingRates
        {
            EventsNow = EventsSince(_seconds.Since(_latest.At - s_now)),
            EventsMinute = EventsSince(_seconds.Since(_latest.At - TimeSpan.FromMinutes(1))),
            EventsHour = EventsSince(_minutes.Since(_latest.At - TimeSpan.FromHours(1))),
            BytesDay = dayLength > TimeSpan.Zero ? (_latest.Bytes - day.Bytes) / dayLength.TotalDays : 0,
            DaySeconds = (long)dayLength.TotalSeconds,
        };
    }

    double EventsSince(in Sample sample)
    {
        double seconds = (_latest.At - sample.At).TotalSeconds;
        return seconds > 0 ? (_latest.Events - sample.Events) / seconds : 0;
    }

    readonly record struct Sample(TimeSpan At, long Events, long Bytes);

    /// <summary>The last so many samples that are at least a step apart.</summary>
    sealed class Track(int length, TimeSpan step)
    {
        readonly Sample[] _samples = new Sample[length];
        long _count;

        public void Add(in Sample sample)
        {
            if (_count > 0 && sample.At - _samples[(_count - 1) % length].At < step)
                return;
            _samples[_count++ % length] = sample;
        }

        /// <summary>The newest sample that is as old as a time; the oldest where none is.</summary>
        public Sample Since(TimeSpan at)
        {
            long oldest = Math.Max(_count - length, 0);
            for (long index = _count - 1; index > oldest; index--)
            {
                if (_samples[index % length].At <= at)
                    return _samples[index % length];
            }

            return _samples[oldest % length];
        }
    }
}
