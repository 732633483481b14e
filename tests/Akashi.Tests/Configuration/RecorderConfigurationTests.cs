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
    [InlineData("shell = bash")]
    [InlineData("policy = Off")]
    [InlineData("shell = strict")]
    [InlineData("off")]
    public void A_line_that_says_nothing_leaves_the_default_and_is_told_of(string line)
    {
        Assert.Equal(RecorderConfiguration.Default, RecorderConfiguration.Parse("\n" + line, out IReadOnlyList<string> faults));
        Assert.Equal($"line 2: '{line}': expected shell = PATH, or policy = degrade, strict or off", Assert.Single(faults));
    }
}
