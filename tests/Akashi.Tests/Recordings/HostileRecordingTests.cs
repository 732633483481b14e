using System.Globalization;
using System.Text;
using Akashi.Recordings;
using Akashi.Testing;

namespace Akashi.Tests.Recordings;

/// <summary>Every reader of recordings over files that were cut, damaged, or lie: no fault thrown, time never goes back, work and memory bounded by the file.</summary>
public sealed class HostileRecordingTests
{
    const long AllocatedBytesMax = 4 * 1024 * 1024;

    static readonly string[] s_numbers =
    [
        "0", "0.5", "-1", "-0.000001", "NaN", "nan", "inf", "-inf", "1e300", "1e-300", "99999999999999999999999999", "0x10", "1,5", "9223372036854775807", "18446744073709551615",
        "0.", ".5", "+3", "", "1e9", "0.999999999999999999999", "4294967296", "1 2", "\u0661", "1000", "65535", "2147483647",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Asciicasts_cut_or_damaged_anywhere_give_what_is_left(int version) => Seeded.Repeat(400, random =>
    {
        byte[] file = MakeAsciicast(version, random);
        file = random.Next(3) switch
        {
            0 => file[..random.Next(file.Length)],
            1 => Flip(file, random),
            _ => Mutations.Damage(file, random),
        };

        ReadAll(Open(file), file.Length);
    });

    [Fact]
    public void Asciicast_times_that_lie_are_bounded() => Seeded.Repeat(400, random =>
    {
        int version = random.Next(1, 4);
        string events = string.Join(version == 1 ? "," : "\n", Enumerable.Range(0, 40).Select(_ => version == 1
            ? $"[{Lie(random)}, \"a\"]"
            : $"[{Lie(random)}, \"{"oirmxbgwce?"[random.Next(11)]}\", \"{(random.Next(3) == 0 ? Lie(random) + "x" + Lie(random) : "a")}\"]"));
        string header = $"\"version\": {version}, \"width\": {Lie(random)}, \"height\": {Lie(random)}";
        byte[] file = Encoding.UTF8.GetBytes(version == 1 ? $"{{{header}, \"stdout\": [{events}]}}" : $"{{{header}}}\n{events}\n");

        ReadAll(Open(file), file.Length);
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Typescripts_cut_or_damaged_anywhere_give_what_is_left(bool isAdvanced) => Seeded.Repeat(400, random =>
    {
        byte[] data = Encoding.UTF8.GetBytes("Script started on 2026-11-21 14:00:00+00:00 [COLUMNS=\"80\" LINES=\"24\"]\n" + string.Concat(Enumerable.Repeat("abc\u001b[1mé\r\n", random.Next(1, 50))));
        byte[] timing = MakeTiming(isAdvanced, random, honest: true);
        data = random.Next(2) == 0 ? data : data[..random.Next(data.Length)];
        timing = random.Next(3) switch
        {
            0 => timing[..random.Next(timing.Length)],
            1 => Flip(timing, random),
            _ => Mutations.Damage(timing, random),
        };

        ReadAll(new TypescriptReader(new MemoryStream(data), new ChoppedStream(timing, random, 100)), data.Length + timing.Length);
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Timing_that_lies_is_bounded(bool isAdvanced) => Seeded.Repeat(400, random =>
    {
        byte[] data = new byte[random.Next(500)];
        random.NextBytes(data);
        byte[] timing = MakeTiming(isAdvanced, random, honest: false);

        ReadAll(new TypescriptReader(new MemoryStream(data), new MemoryStream(timing)), data.Length + timing.Length);
    });

    [Fact]
    public void Ttyrecs_cut_or_damaged_anywhere_give_what_is_left() => Seeded.Repeat(400, random =>
    {
        using var stream = new MemoryStream();
        new RecordingConversion(Open(MakeAsciicast(3, random))!).WriteTtyrec(stream);
        byte[] file = stream.ToArray();
        file = random.Next(3) switch
        {
            0 => file[..random.Next(file.Length)],
            1 => Flip(file, random),
            _ => Mutations.Damage(file, random),
        };

        ReadAll(TtyrecReader.TryOpen(new MemoryStream(file), out TtyrecReader? reader) ? reader : null, file.Length);
    });

    [Fact]
    public void A_size_beyond_all_data_asks_for_no_memory()
    {
        var reader = new TypescriptReader(new MemoryStream("Script started\nabc"u8.ToArray()), new MemoryStream("0.1 18446744073709551615\n"u8.ToArray()));

        Assert.True(reader.TryRead(out RecordingEvent first));
        Assert.Equal("abc", Encoding.UTF8.GetString(first.Bytes));
        Assert.False(reader.TryRead(out _));
        Assert.Equal((1, "the timing file tells of 9223372036854775804 bytes that aren't there"), (reader.FaultCount, reader.FirstFault!.Text));
    }

    [Fact]
    public void A_growing_typescript_goes_on_where_it_ended()
    {
        using var data = new MemoryStream();
        using var timing = new MemoryStream();
        data.Write("Script started\none"u8);
        timing.Write("0.100000 3\n0.2000"u8);
        var timeline = new Timeline(new TypescriptReader(data, timing));
        while (timeline.Step()) { }

        timing.Position = timing.Length;
        timing.Write("00 4\n0.1"u8);
        while (timeline.Step()) { }
        data.Position = data.Length;
        data.Write(" two"u8);
        while (timeline.Step()) { }

        Assert.Equal(("one two", 300_000), (timeline.Screen.RowText(0), timeline.Microseconds));
    }

    [Fact]
    public void Lines_that_are_none_are_counted_and_the_rest_is_read()
    {
        var reader = new TypescriptReader(
            new MemoryStream("Script started\nabcdef"u8.ToArray()), new MemoryStream("O 0.1 3\nQ 0.1 9\nO x\nS 0.1 SIGWINCH ROWS=5 COLS=6\nO 0.1 3\n"u8.ToArray()));
        var shown = new StringBuilder();
        while (reader.TryRead(out RecordingEvent next))
            shown.Append(Encoding.UTF8.GetString(next.Bytes)).Append('|');

        Assert.Equal("abc|6x5|def|", shown.ToString());
        Assert.Equal((2, 8), (reader.FaultCount, reader.FirstFault!.Offset));
    }

    static IRecordingReader? Open(byte[] file)
    {
        if (AsciicastReader.TryOpen(new MemoryStream(file), out AsciicastReader? reader))
            return reader;
        return ListedRecording.TryOpen(file, out ListedRecording? listed) ? listed : null;
    }

    static void ReadAll(IRecordingReader? reader, int fileBytes)
    {
        if (reader is null)
            return;
        long before = GC.GetAllocatedBytesForCurrentThread();
        long events = 0, bytes = 0, last = 0;
        while (reader.TryRead(out RecordingEvent next))
        {
            Assert.True(next.Microseconds >= last);
            last = next.Microseconds;
            events++;
            bytes += next.Bytes.Length;
            Assert.True(events <= fileBytes);
        }

        Assert.True(bytes <= 2L * fileBytes, $"{bytes} bytes out of {fileBytes}");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, AllocatedBytesMax);
        Assert.InRange(reader.FaultCount, 0, fileBytes + 1);
        reader.Seek(default);
        var timeline = new Timeline(reader);
        timeline.Seek(long.MaxValue);
        timeline.Seek(timeline.KnownMicroseconds / 2);
    }

    static byte[] MakeAsciicast(int version, Random random)
    {
        using var stream = new MemoryStream();
        var writer = new RecordingWriter(stream);
        writer.Begin(new RecordingHeader { IsChained = random.Next(2) == 0 });
        long time = 0;
        for (int count = random.Next(1, 40); count > 0; count--)
        {
            byte[] sent = random.Next(3) == 0 ? [0xFF, 0xC3, (byte)random.Next(256)] : Encoding.UTF8.GetBytes("x\u001b[3mé日\r\n"[random.Next(5)..]);
            writer.Write(time += random.Next(1_000_000), random.Next(4) == 0 ? RecordingEventKind.Input : RecordingEventKind.Output, sent);
            if (random.Next(8) == 0)
                writer.Resize(time, random.Next(1, 200), random.Next(1, 60));
        }

        writer.End(time, 0);
        stream.Position = 0;
        if (version == 3 || !AsciicastReader.TryOpen(stream, out AsciicastReader? reader))
            return stream.ToArray();
        using var older = new MemoryStream();
        new RecordingConversion(reader!).WriteAsciicast(older, version == 1 ? RecordingFormat.AsciicastV1 : RecordingFormat.AsciicastV2);
        return older.ToArray();
    }

    static byte[] MakeTiming(bool isAdvanced, Random random, bool honest)
    {
        var text = new StringBuilder(isAdvanced ? "H 0.000000 COLUMNS 80\nH 0.000000 TERM xterm\n" : "");
        for (int count = random.Next(1, 40); count > 0; count--)
        {
            string delay = honest ? $"0.{random.Next(1_000_000):000000}" : Lie(random), size = honest ? random.Next(20).ToString(CultureInfo.InvariantCulture) : Lie(random);
            text.Append((isAdvanced ? random.Next(6) : 6) switch
            {
                0 => $"S {delay} SIGWINCH ROWS={(honest ? "20" : Lie(random))} COLS={(honest ? "60" : Lie(random))}\n",
                1 => $"H {delay} NAME {size}\n",
                2 => $"I {delay} {size}\n",
                6 => $"{delay} {size}\n",
                _ => $"O {delay} {size}\n",
            });
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    static string Lie(Random random) => s_numbers[random.Next(s_numbers.Length)];

    static byte[] Flip(byte[] file, Random random)
    {
        byte[] flipped = [.. file];
        for (int count = random.Next(1, 10); count > 0; count--)
            flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
        return flipped;
    }
}
