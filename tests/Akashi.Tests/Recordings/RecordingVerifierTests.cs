using System.Text;
using Akashi.Recordings;

namespace Akashi.Tests.Recordings;

/// <summary>What an attacker tried, who may write to the file but doesn't make the hashes anew.</summary>
public sealed class RecordingVerifierTests
{
    [Theory]
    [InlineData(RecordingEventKind.Output)]
    [InlineData(RecordingEventKind.Input)]
    public void A_lone_e_on_the_terminal_is_no_end(RecordingEventKind kind)
    {
        byte[] file = Record(writer =>
        {
            writer.Write(1, kind, "e"u8);
            writer.Flush();
        });
        int check = file.AsSpan().IndexOf("[0.000000, \"c\""u8);
        byte[] cut = file[..(check + file.AsSpan(check).IndexOf((byte)'\n') + 1)];

        Assert.Equal(RecordingVerdict.EndMissing, RecordingVerifier.Verify(new MemoryStream(cut)).Verdict);
        Assert.Equal(RecordingVerdict.Fine, RecordingVerifier.Verify(new MemoryStream(file)).Verdict);
    }

    // As long as what a reader passes over: in no hash, so never fine.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    public void What_is_too_long_for_a_line_is_an_alteration(int more)
    {
        byte[] file = Record(_ => { });
        int second = file.AsSpan().IndexOf((byte)'\n') + 1;
        byte[] foreign = new byte[RecordingLines.LineBytesMax + more];
        foreign.AsSpan().Fill((byte)' ');
        "[0.0, \"o\", \"forged\"]"u8.CopyTo(foreign);
        byte[] altered = [.. file[..second], .. foreign, .. file[second..]];

        Assert.Equal(RecordingVerdict.Altered, RecordingVerifier.Verify(new MemoryStream(altered)).Verdict);
    }

    // A recorder that was killed anywhere: what the service then writes makes one whole chain of all that is there.
    [Fact]
    public void A_file_whose_recorder_was_killed_can_be_ended_wherever_it_was_cut()
    {
        byte[] file = Record(writer => writer.Flush());
        int header = file.AsSpan().IndexOf((byte)'\n') + 1;
        for (int length = header; length < file.Length; length++)
        {
            using var cut = new MemoryStream();
            cut.Write(file.AsSpan(0, length));
            Assert.True(RecordingTail.TryRead(cut, out RecordingTail? tail));
            cut.Position = cut.Length;
            new RecordingWriter(cut).Close(tail!, 1795269600, "its keeper is gone");
            cut.Position = 0;
            RecordingVerifier found = RecordingVerifier.Verify(cut);

            Assert.Equal((RecordingVerdict.EndMissing, 0), (found.Verdict, found.RestBytes));
            Assert.Equal($"1795269600 u={tail!.UnprovedBytes} its keeper is gone", found.Closed);
        }
    }

    [Fact]
    public void What_stands_behind_a_closing_unsays_it()
    {
        using var file = new MemoryStream();
        file.Write(Record(writer => writer.Flush()).AsSpan()[..^100]);
        Assert.True(RecordingTail.TryRead(file, out RecordingTail? tail));
        file.Position = file.Length;
        new RecordingWriter(file).Close(tail!, 1, "gone");
        file.Write("[0.000000, \"o\", \"more\"]\n"u8);
        file.Position = 0;

        RecordingVerifier found = RecordingVerifier.Verify(file);
        Assert.Null(found.Closed);
        Assert.NotEqual(RecordingVerdict.Fine, found.Verdict);
    }

    [Fact]
    public void What_a_session_shows_is_no_closing()
    {
        byte[] file = Record(writer => writer.Write(1, RecordingEventKind.Output, "[0.000000, \"k\", \"1 u=0 gone\"]\n"u8));
        using var cut = new MemoryStream(file.AsSpan()[..^200].ToArray());

        Assert.Null(RecordingVerifier.Verify(cut).Closed);
    }

    [Theory]
    [InlineData(RecordingGapCause.Disk, "o 5000")]
    [InlineData(RecordingGapCause.Rate, "o 5000 rate")]
    [InlineData(RecordingGapCause.Size, "o 5000 size")]
    public void Gaps_are_counted_whatever_their_cause(RecordingGapCause cause, string data)
    {
        byte[] file = Record(writer => writer.WriteGap(1, RecordingEventKind.Output, 5000, cause));

        RecordingVerifier found = RecordingVerifier.Verify(new MemoryStream(file));
        Assert.Equal((1, 5000), (found.GapCount, found.MissingBytes));
        Assert.Contains($"\"g\", \"{data}\"]", Encoding.UTF8.GetString(file));
    }

    static byte[] Record(Action<RecordingWriter> between)
    {
        var file = new MemoryStream();
        var writer = new RecordingWriter(file);
        writer.Begin(new RecordingHeader { IsChained = true });
        writer.Write(0, RecordingEventKind.Output, Encoding.UTF8.GetBytes("first\r\n"));
        between(writer);
        writer.Write(2, RecordingEventKind.Output, Encoding.UTF8.GetBytes("last\r\n"));
        writer.End(3, 0);
        return file.ToArray();
    }
}
