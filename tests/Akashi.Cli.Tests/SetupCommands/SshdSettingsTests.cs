using Akashi.Cli.SetupCommands;

namespace Akashi.Cli.Tests.SetupCommands;

/// <summary>Lines as <c>sshd -T</c> of OpenSSH 9.2 prints them; patterns are those of ssh_config(5).</summary>
public class SshdSettingsTests
{
    [Theory]
    [InlineData("permituserenvironment no\nacceptenv LANG\nacceptenv LC_*\n", null, null)]
    [InlineData("permituserenvironment yes\n", "PermitUserEnvironment yes", "PermitUserEnvironment yes")]
    [InlineData("permituserenvironment LANG,LC_*\n", null, null)]
    [InlineData("permituserenvironment LANG,LD_*\n", "PermitUserEnvironment LANG,LD_*", "PermitUserEnvironment LANG,LD_*")]
    [InlineData("permituserenvironment *,!LD_*\n", null, "PermitUserEnvironment *,!LD_*")]
    [InlineData("permituserenvironment *,!LD_*,!*ENV,!ZDOTDIR\n", null, null)]
    [InlineData("permituserenvironment no\nacceptenv LANG\nacceptenv *\n", "AcceptEnv *", "AcceptEnv *")]
    [InlineData("permituserenvironment no\nacceptenv L?_PRE*\n", "AcceptEnv L?_PRE*", "AcceptEnv L?_PRE*")]
    [InlineData("permituserenvironment no\nacceptenv BASH_ENV\n", null, "AcceptEnv BASH_ENV")]
    [InlineData("permituserenvironment no\nacceptenv ld_preload\n", null, null)]
    public void Settings_that_let_people_run_code_first_are_found(string said, string? shell, string? forced)
    {
        SshdSettings settings = SshdSettings.Parse(said);

        Assert.Equal((shell, forced), (settings.FindEnvironmentHole(startsShellFirst: false), settings.FindEnvironmentHole(startsShellFirst: true)));
    }
}
