using Akashi.Cli.Audisp;

namespace Akashi.Cli.Tests.Audisp;

/// <summary>What audisp-remote says to who starts it by hand; what it sends is in the daemon's tests.</summary>
public sealed class AudispRemoteTests
{
    readonly ToolRun _remote = new("audisp-remote", AudispRemoteTool.Tool.Run);

    [Theory]
    [InlineData("-h")]
    [InlineData("--help")]
    public void Help_is_no_file(string word)
    {
        Assert.Equal(0, _remote.Run(word));
        Assert.StartsWith("usage: audisp-remote [CONFIG_FILE]\n", _remote.Output);
        Assert.Contains("/etc/audit/audisp-remote.conf", _remote.Output);
        Assert.Empty(_remote.Error);
    }
}
