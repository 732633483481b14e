using Akashi.Events;
using Akashi.Host;
using Akashi.Output;

namespace Akashi.Formats;

/// <summary>A line with the time, then the records without what was looked up, the last one first.</summary>
/// <remarks>
/// <code>
/// ----
/// time->Wed Jan 29 08:41:36 2025
/// type=PROCTITLE msg=audit(1738140096.263:742): …
/// </code>
/// The time is ctime(3)'s text: English in every locale. Of the daemon's own events only the last record is shown.
/// </remarks>
/// <param name="localTime">For the time.</param>
public sealed class DefaultFormat(ILocalTime localTime) : IEventFormat
{
    static ReadOnlySpan<byte> DayNames => "SunMonTueWedThuFriSat"u8;

    static ReadOnlySpan<byte> MonthNames => "JanFebMarAprMayJunJulAugSepOctNovDec"u8;

    /// <inheritdoc/>
    public void Write(AuditEvent auditEvent, Utf8Output output)
    {
        output.Write("----\ntime->"u8);
        WriteTime(auditEvent.Stamp.UnixSeconds, output);
        output.Write((byte)'\n');
        bool isDaemon = DaemonRecords.Contains(auditEvent[auditEvent.Count - 1].Type);
        for (int index = auditEvent.Count - 1; index >= 0; index--)
        {
            output.WriteEscaped(auditEvent[index].LineWithoutEnrichment);
            output.Write((byte)'\n');
            if (isDaemon)
                break;
        }
    }

    void WriteTime(long unixSeconds, Utf8Output output)
    {
        LocalDateTime time = localTime.ToLocal(unixSeconds);
        output.Write(DayNames.Slice(time.DayOfWeek * 3, 3));
        output.Write((byte)' ');
        output.Write(MonthNames.Slice((time.Month - 1) * 3, 3));
        output.Write((byte)' ');
        WriteTwo(time.Day, (byte)' ', output);
        output.Write((byte)' ');
        WriteTwo(time.Hour, (byte)'0', output);
        output.Write((byte)':');
        WriteTwo(time.Minute, (byte)'0', output);
        output.Write((byte)':');
        WriteTwo(time.Second, (byte)'0', output);
        output.Write((byte)' ');
        output.Write((long)time.Year);
    }

    static void WriteTwo(int number, byte filler, Utf8Output output)
    {
        output.Write(number < 10 ? filler : (byte)('0' + (number / 10)));
        output.Write((byte)('0' + (number % 10)));
    }
}
