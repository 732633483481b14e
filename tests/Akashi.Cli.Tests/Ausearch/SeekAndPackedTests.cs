using System.IO.Compression;
using System.Text;
using Akashi.Cli.Tests.Ausearch.Checkpoints;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Ausearch;

/// <summary>Large logs that are searched from a time on, and logs that were packed.</summary>
public sealed class SeekAndPackedTests : IDisposable
{
    const string Record = "type=CWD msg=audit(1700000000.000:1): cwd=\"/\"\n";

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("ausearch", "-r")]
    [InlineData("aureport", "-e")]
    [InlineData("aureport", "-nc")]
    public void From_a_time_on_a_large_log_is_read_from_there(string tool, string what)
    {
        // 20 MB; the line that is no record stands before the time.
        var text = new StringBuilder("no record\n");
        for (int second = 0; second < 200_000; second++)
            text.Append($"type=CWD msg=audit({1_700_000_000 + second}.000:{second}): cwd=\"/some/directory/of/some/length/and/another/one\"\n");
        File.WriteAllText(_folder["audit.log"], text.ToString());
        string[] words = ["-if", _folder["audit.log"], "-ts", "11/17/23", "05:00:00", what];

        CheckpointCommand sought = CheckpointCommand.RunTool(tool, words, new TestHost());
        CheckpointCommand whole = CheckpointCommand.RunTool(tool, [.. words, "--debug"], new TestHost());

        Assert.Equal(whole.Output, sought.Output);
        Assert.Equal(0, sought.ExitCode);
        Assert.Contains("1 line is no record", whole.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("no record", sought.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_packed_log_that_is_named_is_read()
    {
        File.WriteAllBytes(_folder["audit.log.3.gz"], Pack(Record));

        CheckpointCommand ours = CheckpointCommand.Run("-if", _folder["audit.log.3.gz"], "-r");

        Assert.Equal(Record, ours.Output);
        Assert.Equal(0, ours.ExitCode);
    }

    [Fact]
    public void Of_a_packed_log_that_is_cut_off_what_is_good_is_shown_and_the_rest_said()
    {
        File.WriteAllBytes(_folder["a.gz"], Pack(Record)[..^6]);

        CheckpointCommand ours = CheckpointCommand.Run("-if", _folder["a.gz"], "-r");

        Assert.Equal(Record, ours.Output);
        Assert.Equal(1, ours.ExitCode);
        Assert.Equal($"ausearch: cannot read all of {_folder["a.gz"]}: the archive is cut off, or not an archive to its end\n", ours.Error);
    }

    [Fact]
    public void Rotated_logs_that_were_packed_are_not_the_classic_tools_matter()
    {
        File.WriteAllText(_folder["audit.log"], Record);
        File.WriteAllBytes(_folder["audit.log.1.gz"], Pack(Record.Replace(":1)", ":2)", StringComparison.Ordinal)));

        Assert.Equal(Record, CheckpointCommand.Run("-if", _folder.Path, "-r").Output);
    }

    static byte[] Pack(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(Encoding.ASCII.GetBytes(text));
        return packed.ToArray();
    }
}
