using Akashi.Host;
using Akashi.Output;
using Akashi.Records;

namespace Akashi.Formats;

/// <summary>The columns of csv that tell the time.</summary>
/// <param name="localTime">For dates by the locale, and the zone.</param>
sealed class CsvTime(ILocalTime localTime)
{
    const int DateBytesMax = 256;
    const int SecondsOfMinute = 60;
    const int SecondsOfHour = 3600;
    const long SecondsOfDay = 86_400;

    readonly byte[] _date = new byte[DateBytesMax];
    int _dateLength;
    long _second = long.MinValue;

    /// <summary>Writes DATE and TIME, and the further columns where they are asked for, each with its comma.</summary>
    public void Write(EventStamp stamp, bool hasParts, Utf8Output output)
    {
        WriteDate(stamp.UnixSeconds, output);
        if (hasParts)
            WriteParts(stamp, output);
    }

    // Thousands of events share a second.
    void WriteDate(long unixSeconds, Utf8Output output)
    {
        if (unixSeconds != _second)
        {
            _dateLength = localTime.Format("%x,%T,", unixSeconds, _date);
            _second = unixSeconds;
        }

        output.Write(_date.AsSpan(0, _dateLength));
    }

    void WriteParts(EventStamp stamp, Utf8Output output)
    {
        LocalDateTime time = localTime.ToLocal(stamp.UnixSeconds);
        output.Write((long)time.Year);
        output.Write((byte)',');
        WriteTwo(time.Month, (byte)'0', output);
        output.Write((byte)',');
        WriteTwo(time.Day, (byte)'0', output);
        output.Write((byte)',');
        output.Write((long)(time.DayOfWeek == 0 ? 7 : time.DayOfWeek));
        output.Write((byte)',');
        WriteTwo(time.Hour, (byte)' ', output);
        output.Write((byte)',');
        output.Write((long)stamp.Milliseconds);
        output.Write((byte)',');
        WriteOffset(SecondsFromUtc(time, stamp.UnixSeconds), output);
        output.Write((byte)',');
    }

    static long SecondsFromUtc(LocalDateTime time, long unixSeconds) =>
        (DaysSinceEpoch(time.Year, time.Month, time.Day) * SecondsOfDay) + (time.Hour * SecondsOfHour) + (time.Minute * SecondsOfMinute) + time.Second - unixSeconds;

    // DateTime ends with the year 9999, stamps of damaged records don't. The year begins with March, so that the leap day is its last.
    internal static long DaysSinceEpoch(long year, int month, int day)
    {
        const int DaysOf400Years = 146_097;
        const int DaysFromYear0 = 719_468;
        long marchYear = month > 2 ? year : year - 1;
        long era = (marchYear >= 0 ? marchYear : marchYear - 399) / 400;
        long yearOfEra = marchYear - (era * 400);
        long dayOfYear = (((153 * (month > 2 ? month - 3 : month + 9)) + 2) / 5) + day - 1;
        return (era * DaysOf400Years) + (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear - DaysFromYear0;
    }

    static void WriteOffset(long seconds, Utf8Output output)
    {
        output.Write(seconds < 0 ? (byte)'-' : (byte)'+');
        seconds = Math.Abs(seconds);
        WriteTwo((int)(seconds / SecondsOfHour), (byte)'0', output);
        output.Write((byte)':');
        WriteTwo((int)(seconds % SecondsOfHour / SecondsOfMinute), (byte)'0', output);
    }

    static void WriteTwo(int number, byte filler, Utf8Output output)
    {
        output.Write(number < 10 ? filler : (byte)('0' + (number / 10)));
        output.Write((byte)('0' + (number % 10)));
    }
}
