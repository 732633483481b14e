using System.Globalization;
using System.Text;
using Akashi.Records;

namespace Akashi.Daemon;

/// <summary>The daemon's own records: DAEMON_START, DAEMON_END and their kin.</summary>
/// <remarks>
/// <c>type=DAEMON_START msg=audit(SECONDS.MSC:SERIAL): op=start ver=… res=success</c>. The serial begins at a random number below 10000, so that records
/// of two starts within a second differ, and rises by one a record. Not for several threads.
/// </remarks>
/// <param name="clock">The clock.</param>
/// <param name="firstSerial">The first serial.</param>
public sealed class OwnRecords(TimeProvider clock, uint firstSerial)
{
    /// <summary>The longest text; a longer body is cut.</summary>
    public const int TextBytesMax = 1024;

    const int BodyBytesMax = TextBytesMax - EventStamp.TextBytesMax - 16;

    uint _serial = firstSerial;

    /// <summary>Makes the serials begin where the original's would.</summary>
    public static OwnRecords Create(TimeProvider clock) => new(clock, (uint)Random.Shared.Next(10_000));

    /// <summary>What says that records are missing.</summary>
    /// <param name="source">Who lost them: kernel, queue, disk.</param>
    /// <param name="records">How many.</param>
    public static byte[] Loss(string source, long records) =>
        Body($"op=loss source={source} count={records} res=failed");

    /// <summary>A body as bytes.</summary>
    public static byte[] Body(FormattableString text) =>
        Encoding.UTF8.GetBytes(text.ToString(CultureInfo.InvariantCulture));

    /// <summary>Writes the text of a record: <c>audit(…): BODY</c>, stamped with the present time.</summary>
    /// <returns>The bytes written.</returns>
    public int Write(ReadOnlySpan<byte> body, Span<byte> destination)
    {
        body = body[..Math.Min(body.Length, BodyBytesMax)];
        "audit("u8.CopyTo(destination);
        int length = 6;
        var stamp = new EventStamp(clock.GetUtcNow().ToUnixTimeMilliseconds(), _serial++);
        length += stamp.Format(destination[length..]);
        "): "u8.CopyTo(destination[length..]);
        length += 3;
        body.CopyTo(destination[length..]);
        return length + body.Length;
    }
}
