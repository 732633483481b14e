using System.Text;
using Akashi.LibAudit.Auparse;
using Akashi.Records;
using Akashi.Testing;
using Record = Akashi.Records.Record;

namespace Akashi.Audit.Tests.CLibrary.Auparse;

public class LineInputTests
{
    [Fact]
    public void Lines_are_the_same_however_their_bytes_come() => Seeded.Repeat(300, random =>
    {
        byte[] bytes = RandomLines(random);

        string[] expected = Naive(bytes);

        Assert.Equal(expected, Fed(bytes, random));
        Assert.Equal(expected, Read(bytes));
    });

    [Fact]
    public void A_line_that_is_too_long_is_one_line_and_takes_no_memory()
    {
        var input = new LineInput([]);
        byte[] piece = new byte[1000];
        piece.AsSpan().Fill((byte)'x');
        void Pass()
        {
            for (int count = 0; count < 2_000; count++)
            {
                input.Feed(piece);
                Assert.False(input.TryTake(out _, out _));
            }
        }
        Pass();

        Allocation.IsZero(Pass);
        input.Feed("\ntype=USER msg=audit(1.001:1): \n"u8);
        Assert.True(input.TryTake(out _, out RecordFault fault));
        Assert.Equal(RecordFault.TooLong, fault);
        Assert.True(input.TryTake(out Record record, out fault));
        Assert.Equal((RecordFault.None, 1UL, 2), (fault, record.Stamp.Serial, input.Line));
    }

    static string[] Fed(byte[] bytes, Random random)
    {
        var input = new LineInput([]);
        var lines = new List<string>();
        for (int at = 0; at < bytes.Length;)
        {
            int length = Math.Min(random.Next(1, random.Next(2) == 0 ? 8 : 5000), bytes.Length - at);
            input.Feed(bytes.AsSpan(at, length));
            at += length;
            Take(input, lines);
        }

        TakeRest(input, lines);
        return [.. lines];
    }

    static string[] Read(byte[] bytes)
    {
        using var input = new LineInput([new BufferSource(bytes)]);
        var lines = new List<string>();
        do
        {
            Take(input, lines);
        }
        while (input.Read() > 0);
        TakeRest(input, lines);
        return [.. lines];
    }

    static void Take(LineInput input, List<string> lines)
    {
        while (input.TryTake(out Record record, out RecordFault fault))
            lines.Add(Describe(record, fault, input.Line));
    }

    static void TakeRest(LineInput input, List<string> lines)
    {
        if (input.TryTakeRest(out Record record, out RecordFault fault))
            lines.Add(Describe(record, fault, input.Line));
    }

    static string Describe(Record record, RecordFault fault, int number) => fault != RecordFault.None
        ? $"{number} {fault}"
        : $"{number} {Encoding.Latin1.GetString(record.Node)} {Encoding.Latin1.GetString(record.TypeName)} {record.Stamp} {Encoding.Latin1.GetString(record.Body)} {Encoding.Latin1.GetString(record.Line)}";

    static string[] Naive(byte[] bytes)
    {
        var lines = new List<string>();
        string text = Encoding.Latin1.GetString(bytes);
        string[] parts = text.Split('\n');
        for (int index = 0; index < parts.Length; index++)
        {
            if (index == parts.Length - 1 && parts[index].Length == 0)
                break;
            Record.TryParse(Encoding.Latin1.GetBytes(parts[index]), out Record record, out RecordFault fault);
            lines.Add(Describe(record, fault, index + 1));
        }

        return [.. lines];
    }

    static byte[] RandomLines(Random random)
    {
        var bytes = new List<byte>();
        for (int count = random.Next(40); count > 0; count--)
        {
            string line = random.Next(6) switch
            {
                0 => "",
                1 => new string('y', random.Next(3000)),
                2 => new string('z', random.Next(60_000, 140_000)),
                3 => $"node=n{random.Next(3)} type=USER msg=audit(1.00{random.Next(3)}:{random.Next(3)}): a=b",
                _ => $"type={(random.Next(2) == 0 ? "SYSCALL" : "PATH")} msg=audit(1.00{random.Next(2)}:{random.Next(2)}): a={new string('c', random.Next(200))}",
            };
            bytes.AddRange(Encoding.Latin1.GetBytes(line));
            if (count > 1 || random.Next(2) == 0)
                bytes.Add((byte)'\n');
        }

        return [.. bytes];
    }
}
