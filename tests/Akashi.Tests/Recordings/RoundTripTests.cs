using System.Text;
using Akashi.Recordings;
using Akashi.Testing;

namespace Akashi.Tests.Recordings;

/// <summary>Recordings that go through other formats and come back: bytes, sizes and times are those that were recorded, as far as each format has words for them.</summary>
public sealed class RoundTripTests
{
    /// <summary>What was recorded, by stream; pieces of a stream may have been joined or cut anew.</summary>
    sealed record Session(string Shown, string Typed, string Sizes, long Microseconds);

    [Theory]
    [InlineData(RecordingFormat.AsciicastV2)]
    [InlineData(RecordingFormat.AsciicastV3)]
    [InlineData(RecordingFormat.Akashi)]
    public void An_advanced_typescript_of_text_becomes_an_asciicast_and_comes_back(RecordingFormat format) => Seeded.Repeat(150, random =>
    {
        (byte[] data, byte[] timing) = Typescript(Record(random, isText: true), isAdvanced: true);
        Session before = Read(new TypescriptReader(new MemoryStream(data), new MemoryStream(timing)));

        byte[] cast = Asciicast(new TypescriptReader(new MemoryStream(data), new MemoryStream(timing)), format);
        (data, timing) = Typescript(cast, isAdvanced: true);

        Assert.Equal(before, Read(Open(cast)));
        Assert.Equal(before, Read(new TypescriptReader(new MemoryStream(data), new MemoryStream(timing))));
    });

    [Fact]
    public void Any_bytes_go_through_a_typescript_and_our_own_format_unchanged() => Seeded.Repeat(150, random =>
    {
        byte[] cast = Record(random, isText: false);
        Session before = Read(Open(cast));

        (byte[] data, byte[] timing) = Typescript(cast, isAdvanced: true);
        byte[] again = Asciicast(new TypescriptReader(new MemoryStream(data), new MemoryStream(timing)), RecordingFormat.Akashi);

        Assert.Equal(before, Read(Open(again)));
        Assert.Equal(RecordingVerdict.Fine, RecordingVerifier.Verify(new MemoryStream(again)).Verdict);
    });

    [Fact]
    public void Output_goes_through_asciicast_1_and_classic_timing() => Seeded.Repeat(150, random =>
    {
        byte[] cast = Record(random, isText: true);
        Session before = Read(Open(cast));

        byte[] first = Asciicast(Open(cast), RecordingFormat.AsciicastV1);
        (byte[] data, byte[] timing) = Typescript(first, isAdvanced: false);
        var reader = new TypescriptReader(new MemoryStream(data), new MemoryStream(timing));
        byte[] last = Asciicast(reader, RecordingFormat.AsciicastV1);

        Assert.Equal(before.Shown, Read(Open(first)).Shown);
        Assert.Equal(before.Shown, Read(new TypescriptReader(new MemoryStream(data), new MemoryStream(timing))).Shown);
        Assert.Equal(before.Shown, Read(Open(last)).Shown);
        Assert.Equal(Read(Open(first)).Microseconds, Read(Open(last)).Microseconds);
    });

    [Fact]
    public void Output_and_sizes_go_through_a_ttyrec_whatever_the_bytes() => Seeded.Repeat(150, random =>
    {
        byte[] cast = Record(random, isText: false);
        Session before = Read(Open(cast));
        using var stream = new MemoryStream();
        new RecordingConversion(Open(cast)).WriteTtyrec(stream);

        Assert.True(TtyrecReader.TryOpen(stream, out TtyrecReader? reader));
        Assert.Equal((90, 20, 1_700_000_000L), (reader!.Header.ColumnCount, reader.Header.RowCount, reader.Header.UnixSeconds!.Value));
        Session after = Read(Open(Asciicast(reader, RecordingFormat.Akashi)));

        Assert.Equal(before with { Typed = "", Sizes = "0 90x20 after 0;" + before.Sizes }, after);
    });

    // The layout that ttyrec.h gives: seconds, microseconds, length, little-endian.
    [Fact]
    public void A_ttyrec_is_read_as_its_header_says()
    {
        byte[] file = [1, 0, 0, 0, 0x20, 0xA1, 7, 0, 2, 0, 0, 0, (byte)'h', (byte)'i', 3, 0, 0, 0, 0x20, 0xA1, 7, 0, 1, 0, 0, 0, (byte)'!'];

        Assert.True(TtyrecReader.TryOpen(new MemoryStream(file), out TtyrecReader? reader));

        Assert.True(reader!.TryRead(out RecordingEvent first));
        Assert.Equal((0, "hi"), (first.Microseconds, Encoding.ASCII.GetString(first.Bytes)));
        Assert.True(reader.TryRead(out RecordingEvent second));
        Assert.Equal((2_000_000, "!"), (second.Microseconds, Encoding.ASCII.GetString(second.Bytes)));
        Assert.False(reader.TryRead(out _));
    }

    [Theory]
    [InlineData(RecordingFormat.AsciicastV1)]
    [InlineData(RecordingFormat.AsciicastV2)]
    [InlineData(RecordingFormat.AsciicastV3)]
    public void A_character_cut_at_the_very_end_is_counted_as_inexact(RecordingFormat format)
    {
        var reader = new TypescriptReader(new MemoryStream("Script started\nab\u00e9"u8[..^1].ToArray()), new MemoryStream("0.100000 2\n0.100000 1\n"u8.ToArray()));
        using var stream = new MemoryStream();
        var conversion = new RecordingConversion(reader);

        conversion.WriteAsciicast(stream, format);

        Assert.Equal("ab\uFFFD", Read(Open(stream.ToArray())).Shown);
        Assert.Equal(1, conversion.InexactCount);
    }

    static byte[] Record(Random random, bool isText)
    {
        using var stream = new MemoryStream();
        var writer = new RecordingWriter(stream);
        writer.Begin(new RecordingHeader { ColumnCount = 90, RowCount = 20, UnixSeconds = 1_700_000_000, TerminalType = "xterm", IsChained = true });
        long time = 0;
        for (int count = random.Next(1, 60); count > 0; count--)
        {
            byte[] bytes = new byte[random.Next(1, 300)];
            random.NextBytes(bytes);
            if (isText)
                bytes = Encoding.UTF8.GetBytes("\u001b[1mplain \"quoted\" \\ é 日本 😀\r\n\u0001\u007f\uFFFD"[random.Next(8)..random.Next(15, 24)].TrimEnd('\uD83D'));
            time += random.Next(3) == 0 ? 0 : random.Next(5_000_000);
            switch (random.Next(8))
            {
                case 0:
                    writer.Resize(time, random.Next(2, 300), random.Next(1, 100));
                    break;
                case 1:
                    writer.Write(time, RecordingEventKind.Input, bytes);
                    break;
                default:
                    writer.Write(time, RecordingEventKind.Output, bytes);
                    break;
            }
        }

        writer.Write(time, RecordingEventKind.Output, "end"u8);
        writer.End(time, 3);
        return stream.ToArray();
    }

    static Session Read(IRecordingReader reader)
    {
        var shown = new MemoryStream();
        var typed = new MemoryStream();
        var sizes = new StringBuilder();
        long last = 0;
        while (reader.TryRead(out RecordingEvent next))
        {
            if (next.Kind == RecordingEventKind.Output)
                shown.Write(next.Bytes);
            else if (next.Kind == RecordingEventKind.Input)
                typed.Write(next.Bytes);
            else if (next.Kind == RecordingEventKind.Resize)
                sizes.Append($"{next.Microseconds} {Encoding.ASCII.GetString(next.Bytes)} after {shown.Length};");
            else
                continue;
            last = next.Microseconds;
        }

        Assert.Equal(0, reader.FaultCount);
        return new Session(Text(shown), Text(typed), sizes.ToString(), last);
    }

    static string Text(MemoryStream bytes)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.ToArray());
        }
        catch (DecoderFallbackException)
        {
            return Convert.ToHexString(bytes.ToArray());
        }
    }

    static IRecordingReader Open(byte[] file)
    {
        if (AsciicastReader.TryOpen(new MemoryStream(file), out AsciicastReader? reader))
            return reader!;
        Assert.True(ListedRecording.TryOpen(file, out ListedRecording? listed));
        return listed!;
    }

    static byte[] Asciicast(IRecordingReader reader, RecordingFormat format)
    {
        using var stream = new MemoryStream();
        new RecordingConversion(reader).WriteAsciicast(stream, format);
        return stream.ToArray();
    }

    static (byte[] Data, byte[] Timing) Typescript(byte[] cast, bool isAdvanced)
    {
        using var data = new MemoryStream();
        using var timing = new MemoryStream();
        new RecordingConversion(Open(cast)).WriteTypescript(data, timing, isAdvanced);
        return (data.ToArray(), timing.ToArray());
    }
}
