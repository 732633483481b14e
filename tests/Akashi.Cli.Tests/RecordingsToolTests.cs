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
        Assert.StartsWith(cast + ": fine, 1 check, last hash ", recordings.Output);
        Assert.Equal(0, replay.Run("--text", cast));
        Assert.Equal("00:00:00.000  -- began 2026-11-21 14:00:00 UTC --\n00:00:01.000  $ ls\n00:00:01.500  a b\n", replay.Output);
        Assert.Equal(0, replay.Run(data, timing));
        Assert.Equal("00:00:00.000  -- began 2026-11-21 14:00:00 UTC --\n00:00:01.000  $ ls\n00:00:01.500  a b\n", replay.Output);

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
        Assert.StartsWith(cast + ": fine, but 2 gaps: 2058700 bytes were not recorded; 1 check, last hash ", recordings.Output);
    }

    [Fact]
    public void What_was_altered_or_cut_is_converted_only_where_that_is_wanted_and_the_new_file_says_so()
    {
        using var folder = new TemporaryFolder();
        string cast = Path.Combine(folder.Path, "a.cast"), altered = Path.Combine(folder.Path, "altered.cast"), made = Path.Combine(folder.Path, "made.cast");
        File.WriteAllBytes(cast, Record());
        File.WriteAllText(altered, File.ReadAllText(cast).Replace("shown", "SHOWN", StringComparison.Ordinal));
        var recordings = new ToolRun("recordings", Tools.FindCommand("recordings")!.Run);

        Assert.Equal(1, recordings.Run("convert", "--to", "akashi", altered, made));
        Assert.Contains("altered, in lines 1 to ", recordings.Error);
        Assert.Contains("hint: --force", recordings.Error);
        Assert.False(File.Exists(made));

        Assert.Equal(0, recordings.Run("convert", "--force", "--to", "akashi", altered, made));
        Assert.StartsWith($"akashi recordings: warning: {altered}: altered, in lines 1 to ", recordings.Error);
        Assert.Equal(0, recordings.Run("verify", made));
        Assert.Matches(": fine, .*; converted from an akashi recording \\(altered, .*\\): proves only what happened since\n$", recordings.Output);

        string cut = File.ReadAllText(cast);
        File.WriteAllText(altered, cut[..cut.IndexOf("[0.000000, \"e\"", StringComparison.Ordinal)]);
        Assert.Equal(1, recordings.Run("convert", "--to", "v2", altered, made + "2"));
        Assert.Contains("the end is missing", recordings.Error);
        Assert.Equal(0, recordings.Run("convert", "--to", "akashi", cast, made + "3"));
        Assert.Equal(0, recordings.Run("verify", made + "3"));
        Assert.Matches("converted from an akashi recording \\(fine, 1 check, last hash [0-9a-f]{64}\\): proves", recordings.Output);
    }

    [Theory]
    [InlineData("v1", "akashi recordings: 4 events left out, which the format can't say: 1 exit status, 2 marks, 1 withheld input\n")]
    [InlineData("v2", "akashi recordings: 2 events left out, which the format can't say: 1 exit status, 1 withheld input\n")]
    [InlineData("v3", "akashi recordings: 1 event left out, which the format can't say: 1 withheld input\n")]
    [InlineData("typescript", "akashi recordings: 3 events left out, which the format can't say: 2 marks, 1 withheld input\n")]
    [InlineData("advanced", "akashi recordings: 3 events left out, which the format can't say: 2 marks, 1 withheld input\n")]
    [InlineData("ttyrec", "akashi recordings: 4 events left out, which the format can't say: 1 exit status, 2 marks, 1 withheld input\n")]
    [InlineData("akashi", "")]
    public void What_a_format_has_no_words_for_is_told_by_kind(string format, string said)
    {
        using var folder = new TemporaryFolder();
        string cast = Path.Combine(folder.Path, "a.cast");
        File.WriteAllBytes(cast, Record());
        var recordings = new ToolRun("recordings", Tools.FindCommand("recordings")!.Run);

        Assert.Equal(0, recordings.Run("convert", "--to", format, cast, Path.Combine(folder.Path, "new")));
        Assert.Equal(said, recordings.Error);
    }

    [Fact]
    public void Verify_says_which_it_can_not_read_refuses_options_and_reads_standard_input()
    {
        using var folder = new TemporaryFolder();
        var recordings = new ToolRun("recordings", Tools.FindCommand("recordings")!.Run) { Input = Record() };

        Assert.Equal(1, recordings.Run("verify", folder.Path));
        Assert.Equal($"akashi recordings: cannot read {folder.Path}: it is a directory, not a recording\n", recordings.Error);
        Assert.Equal(2, recordings.Run("verify", "--json", "-"));
        Assert.StartsWith("akashi recordings verify: unrecognized option '--json'\nhint: ", recordings.Error);
        Assert.Equal(0, recordings.Run("verify", "-"));
        Assert.StartsWith("-: fine, 1 check, last hash ", recordings.Output);
    }

    static byte[] Record()
    {
        using var stream = new MemoryStream();
        var writer = new RecordingWriter(stream);
        writer.Begin(new RecordingHeader { IsChained = true });
        writer.Write(0, RecordingEventKind.Output, "shown"u8);
        writer.WriteText(1, RecordingEventKind.Marker, "a mark");
        writer.WriteText(1, RecordingEventKind.Marker, "another");
        writer.WriteText(1, RecordingEventKind.Withheld, "");
        writer.End(2_000_000, 0);
        return stream.ToArray();
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
