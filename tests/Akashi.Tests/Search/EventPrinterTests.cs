using System.Text;
using Akashi.Events;
using Akashi.Formats;
using Akashi.Output;
using Akashi.Search;
using Akashi.Testing;
using Akashi.Trail;

namespace Akashi.Tests.Search;

public class EventPrinterTests
{
    static readonly TestHost s_host = new();
    static readonly byte[] s_log = Log();

    public static TheoryData<string> Formats => ["interpret", "csv", "text"];

    [Theory]
    [MemberData(nameof(Formats))]
    public void What_two_print_is_what_one_prints(string format)
    {
        string expected = Print(format, mayBatch: false, out _);
        string printed = Print(format, mayBatch: true, out int formats);

        Assert.Equal(expected.Length, printed.Length);
        Assert.True(expected == printed);
        Assert.Equal(Environment.ProcessorCount > 1 ? 2 : 1, formats);
    }

    [Fact]
    public void A_reader_that_goes_away_ends_it()
    {
        using var output = new Utf8Output(new ClosingStream(3_000_000));
        using var printer = new EventPrinter(output, isFirst => Make("interpret", isFirst), mayBatch: true);

        Assert.Throws<OutputClosedException>(() => PrintAll(printer));
    }

    [Fact]
    public void What_goes_wrong_with_the_worker_is_thrown_to_the_caller()
    {
        using var output = new Utf8Output(Stream.Null);
        using var printer = new EventPrinter(output, isFirst => isFirst ? new RawFormat() : new BrokenFormat(), mayBatch: true);
        Assert.SkipUnless(Environment.ProcessorCount > 1, "one processor: nothing is printed ahead");

        Assert.Throws<InvalidDataException>((Action)(() =>
        {
            while (true)
                PrintAll(printer);
        }));
    }

    static string Print(string format, bool mayBatch, out int formats)
    {
        using var stream = new MemoryStream();
        using var output = new Utf8Output(stream);
        using var printer = new EventPrinter(output, isFirst => Make(format, isFirst), mayBatch);
        PrintAll(printer);
        printer.Flush();
        formats = printer.Formats.Count();
        return Encoding.Latin1.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    static void PrintAll(EventPrinter printer)
    {
        using var search = new TrailSearch(new TrailReader(new MemoryStream(s_log)), new SearchPlan([]), new EventAssembler());
        while (search.TryNext(out AuditEvent? next))
            printer.Write(next);
    }

    static IEventFormat Make(string format, bool isFirst) => format switch
    {
        "interpret" => new InterpretFormat(s_host),
        "csv" => new CsvFormat(s_host) { HasHeader = isFirst },
        _ => new TextFormat(s_host),
    };

    // Real lines, and now and then an event of more bytes than a batch has.
    static byte[] Log()
    {
        using var log = new MemoryStream();
        int count = 0;
        for (int round = 0; round < 2; round++)
        {
            foreach (byte[] line in TestLogs.Lines("server.log").Concat(TestLogs.Lines("kernel.log")))
            {
                log.Write([.. line, (byte)'\n']);
                if (++count % 4000 != 0)
                    continue;
                for (int item = 0; item < 6; item++)
                    log.Write(Encoding.ASCII.GetBytes($"type=PATH msg=audit(1795245500.000:{900000 + count}): item={item} name=\"/{new string('x', 40_000)}\"\n"));
            }
        }

        return log.ToArray();
    }

    sealed class BrokenFormat : IEventFormat
    {
        public void Write(AuditEvent auditEvent, Utf8Output output) => throw new InvalidDataException();
    }

    sealed class ClosingStream(long bytesMax) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (Position + buffer.Length > bytesMax)
                throw new IOException("closed");
            base.Write(buffer);
        }
    }
}
