using Akashi.Recordings;
using Akashi.Testing;

namespace Akashi.Cli.Tests;

public sealed class RecordingsToolTests
{
    [Fact]
    public void A_typescript_is_converted_verified_and_printed()
    {
        using var folder = new TemporaryFolder();
        string data = Path.Combine(folder.Path, "typescript"), timing = data + ".time", cast = Path.Combine(folder.Path, "new.cast");
        File.WriteAllText(data, "Script started on 2026-11-21 14:00:00+00:00 [COLUMNS=\"80\" LINES=\"24\"]\n$ ls\r\na b\r\n");
        File.WriteAllText(timing, "1.000000 6\n0.500000 5\n");
        var recordings = new ToolRun("recordings", Tools.FindCommand("recordings")!.Run);
        var replay = new ToolRun("replay", Tools.FindCommand("replay")!.Run);

        Assert.Equal(0, recordings.Run("convert", "--to", "akashi", "--timing", timing, data, cast));
        Assert.Equal(0, recordings.Run("verify", cast));
        Assert.StartsWith(cast + ": fine, 1 checks, last hash ", recordings.Output);
        Assert.Equal(0, replay.Run("--text", cast));
        Assert.Equal("00:00:01.000  $ ls\n00:00:01.500  a b\n", replay.Output);
        Assert.Equal(0, replay.Run(data, timing));
        Assert.Equal("00:00:01.000  $ ls\n00:00:01.500  a b\n", replay.Output);

        File.AppendAllText(cast, "[0.0, \"o\", \"more\"]\n");
        Assert.Equal(1, recordings.Run("verify", cast));
        Assert.Contains("the end is missing", recordings.Output);
        File.WriteAllText(cast, File.ReadAllText(cast).Replace("$ ls", "$ rm"));
        Assert.Equal(1, recordings.Run("verify", cast));
        Assert.Contains("altered, in lines 1 to 5", recordings.Output);
    }

    [Fact]
    public void Bytes_that_were_not_recorded_are_told_of()
    {
        using var folder = new TemporaryFolder();
        string cast = Path.Combine(folder.Path, "gaps.cast");
        using (FileStream file = File.Create(cast))
        {
            var writer = new RecordingWriter(file);
            writer.Begin(new RecordingHeader { IsChained = true });
            // What only looks like a gap is what the terminal showed.
            writer.Write(0, RecordingEventKind.Output, ", \"g\", \"o 7\"]"u8);
            writer.WriteGap(1_500_000, RecordingEventKind.Output, 2_058_680);
            writer.WriteGap(1_500_000, RecordingEventKind.Input, 20);
            writer.End(2_000_000, 0);
        }

        var recordings = new ToolRun("recordings", Tools.FindCommand("recordings")!.Run);

        Assert.Equal(1, recordings.Run("verify", cast));
        Assert.StartsWith(cast + ": fine, but 2 gaps: 2058700 bytes were not recorded; 1 checks, last hash ", recordings.Output);
    }

    [Theory]
    [InlineData("replay", "--speed", "x")]
    [InlineData("replay", "--at", "1:2:3:4")]
    [InlineData("recordings", "convert", "--to", "gif", "a", "b")]
    [InlineData("recordings", "convert", "a")]
    public void Wrong_words_are_refused(string tool, params string[] words)
    {
        var run = new ToolRun(tool, Tools.FindCommand(tool)!.Run);

        Assert.Equal(2, run.Run(words));
        Assert.Contains("hint: ", run.Error);
    }
}
