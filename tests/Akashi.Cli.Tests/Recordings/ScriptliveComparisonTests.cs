namespace Akashi.Cli.Tests.Recordings;

/// <summary>scriptlive beside util-linux's.</summary>
[Trait("Category", "Long")]
public sealed class ScriptliveComparisonTests
{
    const string Logs = "printf 'Script started\\none\\nTWO\\nthree\\n' >io; printf 'I 0.1 4\\nO 0.1 4\\nI 0.1 6\\n' >t; printf 'Script started\\none\\n' >in; printf '0.1 4\\n' >tc; ";

    // The screen doesn't echo, and one line answers each: so the order doesn't hang on the pace.
    const string Session = "-c 'stty -echo; echo READY; while read x; do echo got $x; [ $x = LAST ] && exit 5; done'";

    [Theory]
    [InlineData("scriptlive")]
    [InlineData("scriptlive t")]
    [InlineData("scriptlive -T missing -I in")]
    [InlineData("scriptlive -T t -I missing")]
    [InlineData("scriptlive -T t -I in -B io")]
    [InlineData("scriptlive -d fast -T t -I in")]
    [InlineData("scriptlive -m long -T t -I in")]
    [InlineData("scriptlive --nonsense")]
    [InlineData("scriptlive -I")]
    [InlineData("scriptlive --log x")]
    [InlineData("scriptlive t in x")]
    [InlineData("scriptlive '' in")]
    [InlineData("scriptlive t .")]
    [InlineData("scriptlive -d 1e999 -T t -I in")]
    [InlineData("scriptlive -B io -I in -T t")]
    public void Wrong_lines(string line)
    {
        using var bench = new RecordingBench();

        Assert.Equal(bench.Run(Logs + line, isOurs: false), bench.Run(Logs + line, isOurs: true));
    }

    [Theory]
    [InlineData("sed -i s/three/LAST_/ io; sed -i s/LAST_/LAST/ io; printf 'I 2.500000 4\\nO 0.000001 4\\nI 0.900000 5\\n' >t; scriptlive -T t -B io " + Session)]
    [InlineData("printf 'Script started\\nLAST\\n' >in; printf '2.500000 5\\n' >t; scriptlive -T t -I in " + Session)]
    [InlineData("printf 'Script started\\nLAST\\n' >in; printf '5.000000 5\\n' >t; scriptlive -d 2 -T t -I in " + Session)]
    [InlineData("printf 'Script started\\nLAST\\n' >in; printf '90.0 5\\n' >t; scriptlive -m 2.5 t in " + Session)]
    public void What_was_typed_is_typed_again(string line)
    {
        using var bench = new RecordingBench();

        string theirs = bench.RunOnTerminal(Logs + line, "", isOurs: false);

        Assert.Contains("got LAST", theirs, StringComparison.Ordinal);
        Assert.Equal(theirs, bench.RunOnTerminal(Logs + line, "", isOurs: true));
    }

    [Fact]
    public void What_was_typed_at_once_is_typed_before_the_end_of_an_empty_input()
    {
        const string Line = "printf 'Script started\\nLAST\\n' >in; printf '0.000029 5\\n' >t; scriptlive -T t -I in -c 'read x; echo got $x'";
        using var bench = new RecordingBench();

        string theirs = bench.Run(Line, isOurs: false);

        Assert.Contains("got LAST", theirs, StringComparison.Ordinal);
        Assert.Equal(theirs, bench.Run(Line, isOurs: true));
    }

    // As util-linux 2.41 has it.
    [Theory]
    [InlineData("--echo always", "LAST\r\ngot LAST")]
    [InlineData("-E auto", "LAST\r\ngot LAST")]
    [InlineData("-E never", ".\ngot LAST")]
    public void What_is_typed_is_shown_or_not(string option, string expected)
    {
        using var bench = new RecordingBench();

        string said = bench.Run($"printf 'Script started\\nLAST\\n' >in; printf '0.000029 5\\n' >t; scriptlive {option} -T t -I in -c 'read x; echo got $x'", isOurs: true);

        Assert.Contains(expected, said, StringComparison.Ordinal);
    }
}
