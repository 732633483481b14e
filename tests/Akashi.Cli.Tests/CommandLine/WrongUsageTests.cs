using Akashi.Cli.Tests.Live;
using Akashi.Linux;
using Akashi.Testing;

namespace Akashi.Cli.Tests.CommandLine;

/// <summary>Every command of akashi refuses a wrong command line in the same words and with the same exit code.</summary>
public class WrongUsageTests
{
    /// <summary>The words of each command, and of each command of a command.</summary>
    public static TheoryData<string> Commands => [.. Tools.Commands.Where(tool => !tool.IsInternal).SelectMany(WordsOf)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_wrong_option_is_2_and_says_which_command_and_which_word(string words)
    {
        var run = CommandRun.Of(new ScriptedHost(), [.. words.Split(' '), "--jsno"]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Matches($"^akashi {words}: [^\n]*'--jsno'[^\n]*\nhint: [^\n]+\n$", run.Error);
    }

    [Theory]
    [InlineData("recordings", "verfy", "akashi recordings: no command 'verfy': verify, convert\nhint: akashi recordings --help tells of each\n")]
    [InlineData("recordings", "verify", "akashi recordings verify: which recording? a FILE is missing\n")]
    [InlineData("rules", "explain", "akashi rules explain: no rule is given\n")]
    [InlineData("nothing", "x", "akashi: no command 'nothing'\nhint: akashi --help lists them\n")]
    public void A_wrong_word_is_named(string command, string word, string said)
    {
        var run = CommandRun.Of(new ScriptedHost(), command, word);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith(said, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("live")]
    [InlineData("start")]
    [InlineData("status")]
    [InlineData("hosts")]
    [InlineData("restart")]
    [InlineData("doctor")]
    [InlineData("report commands")]
    public void A_word_where_none_is_taken_is_named(string words)
    {
        var run = CommandRun.Of(new ScriptedHost(), [.. words.Split(' '), "extra"]);

        Assert.Equal((2, $"akashi {words}: unexpected word 'extra': it takes options only\nhint: akashi {words} --help lists the options\n"), (run.ExitCode, run.Error));
    }

    [Theory]
    [InlineData("akashi live", "live", "--trail")]
    [InlineData("akashi report", "report", "commands", "--trail")]
    [InlineData("akashi replay", "replay")]
    [InlineData("akashi rules", "rules", "check")]
    [InlineData("akashi recordings", "recordings", "verify")]
    [InlineData("akashi search", "search", "x", "--input")]
    [InlineData("aulast", "aulast", "-f")]
    public void A_fault_is_said_by_the_command(string speaker, params string[] words)
    {
        using var folder = new TemporaryFolder();
        var run = CommandRun.Of(new LinuxHost(), [.. words, folder["missing/file"]]);

        Assert.NotEqual(0, run.ExitCode);
        Assert.StartsWith($"{speaker}: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("No such file or directory", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rules", "load, diff, list, check, explain, cost")]
    [InlineData("report", "commands, software")]
    public void A_command_that_is_missing_is_one_line(string command, string there)
    {
        var run = CommandRun.Of(new ScriptedHost(), command);

        Assert.Equal((2, $"akashi {command}: a command is missing: {there}\nhint: akashi {command} --help tells of each\n"), (run.ExitCode, run.Error));
    }

    [Fact]
    public void No_command_is_usage()
    {
        var run = CommandRun.Of(new ScriptedHost());

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("usage: akashi COMMAND", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hosts")]
    [InlineData("restart")]
    public void No_service_is_3_and_no_silent_host(string command)
    {
        using var folder = new TemporaryFolder();
        var run = CommandRun.Of(new ScriptedHost(), command, "--socket", folder["nobody"]);

        Assert.Equal((3, $"akashi {command}: no service listens at {folder["nobody"]}\nhint: systemctl start auditd; where none is installed: akashi setup service\n"), (run.ExitCode, run.Error));
    }

    static IEnumerable<string> WordsOf(Tool tool) => [tool.Name, .. (tool.Manual?.Invoke() ?? throw new InvalidOperationException($"{tool.Name} has no manual")).Parts.Select(part => $"{tool.Name} {part.Name}")];
}
