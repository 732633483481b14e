namespace Akashi.Cli.Tests.Recordings;

/// <summary>Recordings that are packed, whatever they hold unpacked.</summary>
[Trait("Category", "Long")]
public sealed class PackedRecordingTests
{
    // 128 MB (hexadecimal, as the runtime wants it); what is unpacked below is 300 MB.
    const string Limited = "DOTNET_GCHeapHardLimit=8000000 $AKASHI ";
    const string MakeLarge = "(head -n 1 session.cast; yes 2>/dev/null '[0.001, \"o\", \"y\"]' | head -c 300000000) | gzip -1 >large.cast.gz; ";

    [Fact]
    public void A_packed_recording_is_verified_without_being_held()
    {
        using var session = new RecordedSession();

        int exitCode = session.Run("$AKASHI record -q session.cast -c true && " + MakeLarge + Limited + "recordings verify large.cast.gz");

        Assert.Equal(1, exitCode);
        Assert.StartsWith("large.cast.gz: the end is missing: cut, killed, or still recording; fine up to byte 0 (0 checks), 3000", session.Screen, StringComparison.Ordinal);
        Assert.Equal("", session.Error);
    }

    [Fact]
    public void One_that_unpacks_to_too_much_is_not_replayed()
    {
        using var session = new RecordedSession();

        int exitCode = session.Run("$AKASHI record -q session.cast -c true && " + MakeLarge + "$AKASHI replay --text large.cast.gz");

        Assert.Equal(1, exitCode);
        Assert.Contains("cannot read large.cast.gz: it holds more than 256 MB unpacked; unpack it to a file first", session.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd -q")]
    public void A_packed_one_is_as_fine_as_the_plain_one_and_a_cut_one_is_proved_as_far_as_it_goes(string packer)
    {
        using var session = new RecordedSession();
        Assert.SkipUnless(File.Exists("/usr/bin/" + packer.Split(' ')[0]) || packer == "gzip", packer + " isn't installed");

        int exitCode = session.Run(
            "$AKASHI record -q session.cast -c 'head -c 300000 /dev/urandom | od' >/dev/null && $AKASHI recordings verify session.cast && "
            + packer + " -c session.cast >packed && $AKASHI recordings verify packed && head -c 200000 packed >cut && $AKASHI recordings verify cut");

        string[] lines = session.Screen.Split('\n');
        Assert.Equal(1, exitCode);
        Assert.Contains(": fine, ", lines[0], StringComparison.Ordinal);
        Assert.Equal(lines[0].Replace("session.cast", "packed"), lines[1]);
        Assert.Contains("cut: the end is missing", lines[2], StringComparison.Ordinal);
    }
}
