using Akashi.Host;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Daemon.Losses;

/// <summary>Looks at every message of the kernel for what is missing.</summary>
public sealed class LossWatch
{
    const int StampIndex = 6;
    const int UsualSerialIndex = StampIndex + 15;

    /// <summary>Makes one.</summary>
    /// <param name="clock">The clock.</param>
    public LossWatch(TimeProvider clock)
    {
        Ledger = new LossLedger(clock);
        Gaps = new SerialGaps(clock, Ledger);
        Kernel = new KernelLost(Ledger);
    }

    /// <summary>The counts.</summary>
    public LossLedger Ledger { get; }

    /// <summary>Numbers that never arrived.</summary>
    public SerialGaps Gaps { get; }

    /// <summary>The kernel's own count.</summary>
    public KernelLost Kernel { get; }

    /// <summary>Write stage: a message of the kernel, whether it's written or not. Allocates nothing.</summary>
    public void Note(in KernelMessage message)
    {
        if (TryReadSerial(message.Text, out uint serial))
            Gaps.Note(serial);
        if (message.Type == (ushort)RecordType.ConfigChange)
            Kernel.NoteChange(message.Text);
    }

    /// <summary>The number in <c>audit(1626611363.720:348501): …</c>.</summary>
    /// <returns>False where the text has another shape.</returns>
    public static bool TryReadSerial(ReadOnlySpan<byte> text, out uint serial)
    {
        serial = 0;
        if (!text.StartsWith("audit("u8))
            return false;

        // Seconds have ten digits until the year 2286: the number's place is known without reading them.
        if (text.Length <= UsualSerialIndex || text[UsualSerialIndex - 1] != ':')
            return TryParse(text, out serial);
        ulong number = 0;
        int index = UsualSerialIndex;
        for (; index < text.Length && (uint)(text[index] - '0') <= 9 && index < UsualSerialIndex + 10; index++)
            number = (number * 10) + (uint)(text[index] - '0');
        serial = (uint)number;
        return (index > UsualSerialIndex && number <= uint.MaxValue && index < text.Length && text[index] == ')') || TryParse(text, out serial);
    }

    static bool TryParse(ReadOnlySpan<byte> text, out uint serial)
    {
        bool isRead = EventStamp.TryParse(text[StampIndex..], out EventStamp stamp, out int length)
            && stamp.Serial <= uint.MaxValue && text.Length > StampIndex + length && text[StampIndex + length] == ')';
        serial = (uint)stamp.Serial;
        return isRead;
    }
}
