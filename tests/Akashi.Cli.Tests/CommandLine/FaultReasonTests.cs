using Akashi.Cli.Tests.Live;
using Akashi.Linux;
using Akashi.Testing;

namespace Akashi.Cli.Tests.CommandLine;

/// <summary>The reason that is said is the one that holds.</summary>
public sealed class FaultReasonTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public FaultReasonTests() => File.WriteAllText(_folder["file"], "");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("akashi recordings: cannot read PATH: it is no directory\nhint: akashi replay FILE plays a recording\n", "file", "recordings", "--dir")]
    [InlineData("akashi recordings: cannot read PATH: nothing of that name is there, or it isn't for you\n", "missing", "recordings", "--dir")]
    [InlineData("akashi protect: cannot protect PATH: it is no directory\n", "file", "protect")]
    [InlineData("akashi protect: cannot protect PATH: No such file or directory\n", "missing", "protect")]
    [InlineData("akashi recorder: cannot open PATH: No such file or directory\n", "missing", "recorder", "--check")]
    [InlineData("akashi rules: 'PATH' is neither a rule nor a file\nhint: a rule is a line of a rule file, as -w /etc/passwd -p wa; akashi rules list explains the loaded ones\n", "missing", "rules", "explain")]
    public void A_path_that_is_wrong_is_told_as_it_is(string said, string name, params string[] words)
    {
        var run = CommandRun.Of(new LinuxHost(), [.. words, _folder[name]]);

        Assert.Equal((1, "", said.Replace("PATH", _folder[name], StringComparison.Ordinal)), (run.ExitCode, run.Output, run.Error));
    }
}
