using Akashi.Configuration;

namespace Akashi.Tests.Configuration;

public class RecorderConfigurationTests
{
    [Fact]
    public void Values_are_read_around_comments_and_blanks()
    {
        RecorderConfiguration found = RecorderConfiguration.Parse("# ours\n\n shell=/bin/zsh\npolicy =  strict \r\n", out IReadOnlyList<string> faults);

        Assert.Equal(new RecorderConfiguration("/bin/zsh", RecordingPolicy.Strict), found);
        Assert.Empty(faults);
    }

    [Theory]
    [InlineData("degrade", RecordingPolicy.Degrade)]
    [InlineData("strict", RecordingPolicy.Strict)]
    [InlineData("off", RecordingPolicy.Off)]
    public void Policies_have_names(string name, RecordingPolicy expected) =>
        Assert.Equal(expected, RecorderConfiguration.Parse("policy = " + name, out _).Policy);

    [Theory]
    [InlineData("shell = bash", "shell is 'bash', not an absolute path")]
    [InlineData("policy = stric", "policy is 'stric', not one of degrade, strict, off")]
    [InlineData("min_free = 100%", "min_free is '100%', not MiB as a whole number, or 1% to 99%")]
    [InlineData("keep_days = -1", "keep_days is '-1', not a number from 0 to 36500")]
    [InlineData("compress = yes", "compress is 'yes', not one of off, zstd")]
    [InlineData("compress_level = 20", "compress_level is '20', not a number from 1 to 19")]
    [InlineData("keeper_uid_first = 1000", "keeper_uid_first is '1000', not 0, or a number from 100000 to 2143000000")]
    [InlineData("flood_rate = 1 2", "flood_rate is '1 2', not a number from 0 to 1048576")]
    [InlineData("off", "'off' is not 'keyword = value'")]
    [InlineData("= 1", "'= 1' is not 'keyword = value'")]
    public void A_line_that_says_nothing_leaves_the_default_and_is_told_of(string line, string fault)
    {
        Assert.Equal(RecorderConfiguration.Default, RecorderConfiguration.Parse("\n" + line, out IReadOnlyList<string> faults));
        Assert.Equal($"line 2: {fault}", Assert.Single(faults));
    }

    [Fact]
    public void A_word_that_is_no_keyword_is_told_with_all_that_are()
    {
        Assert.Equal(RecorderConfiguration.Default, RecorderConfiguration.Parse("polcy = strict", out IReadOnlyList<string> faults));
        Assert.StartsWith("line 1: unknown keyword 'polcy', not one of shell, policy, break_glass_group, min_free, ", Assert.Single(faults));
    }

    [Fact]
    public void A_fault_of_one_line_leaves_the_others()
    {
        RecorderConfiguration found = RecorderConfiguration.Parse("policy = strict\nshell = zsh\nkeep_free = 5%\nsync_interval = 0", out IReadOnlyList<string> faults);

        Assert.Equal(RecorderConfiguration.Default with { Policy = RecordingPolicy.Strict, KeepFree = new SpaceLimit(5, true), SyncSeconds = 0 }, found);
        Assert.Single(faults);
    }

    [Fact]
    public void Of_very_many_faults_the_first_hundred_are_said()
    {
        RecorderConfiguration.Parse(string.Concat(Enumerable.Repeat("x\n", 5000)), out IReadOnlyList<string> faults);

        Assert.Equal(100, faults.Count);
        Assert.Equal("line 100: too many errors; the rest is not read", faults[^1]);
    }

    [Fact]
    public void What_the_table_calls_a_default_is_one()
    {
        RecorderConfiguration built = RecorderConfiguration.Default;
        foreach (Keyword<RecorderConfiguration> keyword in RecorderKeywords.All.Where(keyword => keyword.Default != "none"))
            Assert.True(keyword.TryApply([keyword.Default!], ref built), keyword.Name);

        Assert.Equal(RecorderConfiguration.Default, built);
    }

    [Theory]
    [InlineData(RecordingPolicy.Degrade, 1000, false, false, true)]
    [InlineData(RecordingPolicy.Strict, 1000, false, false, false)]
    [InlineData(RecordingPolicy.Strict, 0, false, false, true)]
    [InlineData(RecordingPolicy.Strict, 1000, true, false, true)]
    [InlineData(RecordingPolicy.Strict, 1000, false, true, true)]
    public void Strict_lets_in_root_the_console_and_the_named_group(RecordingPolicy policy, uint uid, bool isConsole, bool isOfBreakGlass, bool expected) =>
        Assert.Equal(expected, (RecorderConfiguration.Default with { Policy = policy }).LetsIn(uid, isConsole, isOfBreakGlass));
}
