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
