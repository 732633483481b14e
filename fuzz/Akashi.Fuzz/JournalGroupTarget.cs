using Akashi.Daemon.Remote;

namespace Akashi.Fuzz;

/// <summary>What a killed receiver had under way, as its journal has it: the next start writes by it.</summary>
static class JournalGroupTarget
{
    const int StreamsMax = 4096;

    public static List<byte[]> Seeds() => [Group(), [.. Group(), .. Group()]];

    public static void Read(byte[] bytes)
    {
        if (JournalGroup.Read(bytes) is not { } group)
            return;
        long lines = 0;
        for (int target = 0; target < group.Targets.Count; target++)
        {
            lines += group.LinesOf(target).Length;
            Check(group.Targets[target].Position.Offset >= 0, "a log's end before its beginning");
        }

        Check(lines <= bytes.Length, "more lines than there are");
        foreach ((int slot, long next) in group.Streams)
            Check(slot is >= 0 and < StreamsMax && next >= 0, "a stream that has no slot");
    }

    static byte[] Group() =>
    [
        1, 0, 0, 0, .. BitConverter.GetBytes(1L), .. BitConverter.GetBytes(2L), .. BitConverter.GetBytes(3L), 10, 0, .. "/audit.log"u8,
        2, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0,
        1, 0, 0, 0, 5, 0, 0, 0, .. BitConverter.GetBytes(77L),
        10, 0, 0, 0, .. "type=A\nb=\n"u8,
    ];

    static void Check(bool holds, string fault)
    {
        if (!holds)
            throw new InvalidOperationException(fault);
    }
}
