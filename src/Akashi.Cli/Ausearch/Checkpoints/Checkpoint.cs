using System.Globalization;
using System.Text;
using Akashi.Events;
using Akashi.Records;
using Akashi.Trail;

namespace Akashi.Cli.Ausearch.Checkpoints;

/// <summary>How far a search came: the log that was read last, and the last complete event.</summary>
/// <remarks>
/// <code>
/// dev=0xFE00
/// inode=11666346
/// output=NODE 1700000009.000:7 0x458       (NODE "-" for none; 0.000:0 0x0 for no event; the type of the event's first record in hex)
/// </code>
/// The original writes the lines in this order and reads them in any; numbers end where their digits do, and what follows is passed over.
/// </remarks>
/// <param name="Device">st_dev of the log.</param>
/// <param name="Inode">st_ino of the log.</param>
/// <param name="Last">The last complete event.</param>
sealed record Checkpoint(ulong Device, ulong Inode, EventMark Last)
{
    const string NoNode = "-";

    /// <summary>Whether there was a complete event at all.</summary>
    public bool HasEvent => Last.Stamp.UnixSeconds != 0;

    /// <summary>Reads the text.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="path">Its name, for messages.</param>
    /// <param name="fault">Null, or what is wrong in the original's words; two lines where it says two things.</param>
    public static Checkpoint? Read(string text, string path, out string? fault)
    {
        ulong device = 0, inode = 0;
        var last = new EventMark(default, [], 0);
        fault = null;
        foreach (string line in Lines(text))
        {
            fault = ReadLine(line, ref device, ref inode, ref last);
            if (fault is not null)
                break;
        }

        if (device == 0 || inode == 0)
            fault = (fault is null ? "" : fault + "\n") + $"Missing dev/inode lines from checkpoint file {path}";
        return fault is null ? new Checkpoint(device, inode, last) : null;
    }

    /// <summary>Whether a segment is the log it speaks of.</summary>
    public bool IsIn(Segment segment) => segment.Identity.Device == Device && segment.Identity.Inode == Inode;

    /// <summary>The text.</summary>
    public override string ToString()
    {
        string node = Last.Node.IsEmpty ? NoNode : Encoding.UTF8.GetString(Last.Node);
        return string.Create(CultureInfo.InvariantCulture, $"dev=0x{Device:X}\ninode={Inode}\noutput={node} {Last.Stamp} 0x{Last.TypeNumber:X}\n");
    }

    static IEnumerable<string> Lines(string text)
    {
        string[] lines = text.Split('\n');
        return lines[^1].Length == 0 ? lines[..^1] : lines;
    }

    static string? ReadLine(string line, ref ulong device, ref ulong inode, ref EventMark last)
    {
        if (line.StartsWith("dev=", StringComparison.Ordinal))
            return Digits.TryReadHex(line.AsSpan(4), out device) ? null : $"Malformed dev checkpoint line - [{line}]";
        if (line.StartsWith("inode=", StringComparison.Ordinal))
        {
            if (Digits.TryRead(line.AsSpan(6), out inode))
                return null;
            inode = ulong.MaxValue;
            return $"Malformed inode checkpoint line - [{line}]";
        }

        return line.StartsWith("output=", StringComparison.Ordinal)
            ? ReadEvent(line, ref last)
            : $"Unknown checkpoint line - [{line}]";
    }

    static string? ReadEvent(string line, ref EventMark last)
    {
        int nodeStart = "output=".Length;
        int nodeEnd = line.IndexOf(' ', nodeStart);
        if (nodeEnd < 0)
            return $"Malformed output/event checkpoint line near node - [{line}]";
        string node = line[nodeStart..nodeEnd];
        if (!Digits.TryReadEvent(line.AsSpan(nodeEnd), out EventStamp stamp, out uint type))
            return $"Malformed output/event checkpoint line after node - [{line[..nodeEnd]}]";
        last = new EventMark(stamp, node == NoNode ? [] : Encoding.UTF8.GetBytes(node), type);
        return null;
    }
}
