using System.Globalization;
using System.Text;
using Akashi.Records;

namespace Akashi.Formats;

/// <summary>Stamps as RFC 3339 writes them, in UTC with milliseconds: <c>2021-07-18T12:29:23.720Z</c>.</summary>
public sealed class IsoTime
{
    const int PointAt = 19;

    readonly byte[] _text = "0000-00-00T00:00:00.000Z"u8.ToArray();
    long _day = long.MinValue;

    /// <summary>Seconds from which on a year has five digits.</summary>
    public const long UnixSecondsMax = 253_402_300_799;

    /// <summary>A stamp's time; valid until the next call. Empty from the year 10000 on.</summary>
    public ReadOnlySpan<byte> Of(EventStamp stamp)
    {
        const int SecondsPerDay = 86400;
        if (stamp.UnixSeconds > UnixSecondsMax)
            return default;
        (long day, long second) = Math.DivRem(stamp.UnixSeconds, SecondsPerDay);
        if (day != _day)
            WriteDay(day);
        WriteTwo(11, second / 3600);
        WriteTwo(14, second / 60 % 60);
        WriteTwo(17, second % 60);
        int milliseconds = stamp.Milliseconds;
        _text[PointAt + 1] = (byte)('0' + (milliseconds / 100));
        WriteTwo(PointAt + 2, milliseconds % 100);
        return _text;
    }

    void WriteDay(long day)
    {
        _day = day;
        string date = DateTime.UnixEpoch.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Encoding.ASCII.GetBytes(date, _text);
    }

    void WriteTwo(int at, long number)
    {
        _text[at] = (byte)('0' + (number / 10));
        _text[at + 1] = (byte)('0' + (number % 10));
    }
}
