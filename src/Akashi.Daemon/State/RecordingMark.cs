using System.Globalization;
using System.Text;
using Akashi.Control;
using Akashi.Daemon.KernelState;
using Akashi.Daemon.Losses;

namespace Akashi.Daemon.State;

/// <summary>What a recording service last knew, for the one that comes after it.</summary>
/// <remarks>
/// ASCII, a line each, in this order; written anew every ten seconds, so that a service that is killed leaves one that is no older:
/// <code>
/// akashi recording 1
/// owner PID MILLISECONDS          who recorded, and when that process began after the boot
/// boot ID                         /proc/sys/kernel/random/boot_id
/// seen MILLISECONDS               when this was written, since the epoch
/// serial NUMBER                   the highest number seen of the kernel; - for none
/// ended 0                         1 where it ended in order
/// unsaid SOURCE COUNT             for each loss that the trail couldn't be told of
/// end
/// </code>
/// A text with anything else in it is refused.
/// </remarks>
/// <param name="Owner">Who recorded.</param>
/// <param name="BootId">In which boot.</param>
/// <param name="Seen">When it was written.</param>
/// <param name="Serial">The highest number seen.</param>
/// <param name="IsEnded">Whether it ended in order.</param>
/// <param name="Unsaid">Losses that the trail doesn't speak of.</param>
public sealed record RecordingMark(
    ProcessMark Owner, string BootId, DateTimeOffset Seen, uint? Serial, bool IsEnded, IReadOnlyList<LossSaying> Unsaid)
{
    const string Heading = "akashi recording 1";
    const int BytesMax = 4096;

    /// <summary>Writes it.</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Heading}\nowner {Owner.Pid} {Owner.BeganMilliseconds}\nboot {BootId}\n");
        text.Append(CultureInfo.InvariantCulture, $"seen {Seen.ToUnixTimeMilliseconds()}\n");
        text.Append(CultureInfo.InvariantCulture, $"serial {(Serial is { } serial ? serial.ToString(CultureInfo.InvariantCulture) : "-")}\n");
        text.Append(CultureInfo.InvariantCulture, $"ended {(IsEnded ? 1 : 0)}\n");
        foreach (LossSaying saying in Unsaid)
            text.Append(CultureInfo.InvariantCulture, $"unsaid {LossCount.NameOf(saying.Source)} {saying.Count}\n");
        return Encoding.ASCII.GetBytes(text.Append("end\n").ToString());
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <param name="bytes">Any bytes.</param>
    /// <returns>Null where a single word is not as it should be.</returns>
    public static RecordingMark? Read(ReadOnlySpan<byte> bytes)
    {
        string[] lines = bytes.Length > BytesMax ? [] : Encoding.Latin1.GetString(bytes).Split('\n');
        if (lines.Length < 8 || lines[0] != Heading || lines[^1].Length != 0 || lines[^2] != "end"
            || !TryWords(lines[1], "owner", 2, out string[] owner) || !int.TryParse(owner[0], NumberStyles.None, CultureInfo.InvariantCulture, out int pid)
            || !TryNumber(owner[1], out long began)
            || !TryWords(lines[2], "boot", 1, out string[] boot)
            || !TryWords(lines[3], "seen", 1, out string[] seen) || !TryNumber(seen[0], out long milliseconds) || milliseconds > MillisecondsMax
            || !TryWords(lines[4], "serial", 1, out string[] serial) || !TrySerial(serial[0], out uint? highest)
            || !TryWords(lines[5], "ended", 1, out string[] ended) || ended[0] is not ("0" or "1"))
            return null;
        var unsaid = new List<LossSaying>();
        foreach (string line in lines.AsSpan(6..^2))
        {
            if (!TryWords(line, "unsaid", 2, out string[] words) || !TrySource(words[0], out LossSource source) || !TryNumber(words[1], out long count))
                return null;
            unsaid.Add(new LossSaying(source, count, IsLate: false));
        }

        return new RecordingMark(
            new ProcessMark(pid, began), boot[0], DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), highest, ended[0] == "1", unsaid);
    }

    // 9999-12-31, the last that a time holds.
    const long MillisecondsMax = 253_402_300_799_999;

    static bool TryWords(string line, string name, int count, out string[] words)
    {
        string[] all = line.Split(' ');
        words = all[1..];
        return all[0] == name && words.Length == count;
    }

    static bool TryNumber(string word, out long number) => long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    static bool TrySerial(string word, out uint? serial)
    {
        bool isNumber = uint.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out uint number);
        serial = isNumber ? number : null;
        return isNumber || word == "-";
    }

    static bool TrySource(string word, out LossSource source)
    {
        foreach (LossSource known in Enum.GetValues<LossSource>())
        {
            source = known;
            if (LossCount.NameOf(known) == word)
                return true;
        }

        source = default;
        return false;
    }
}
