namespace Akashi.Cli.Tests.Recordings;

/// <summary>script beside util-linux's: the same line leaves the same files, output and exit code.</summary>
[Trait("Category", "Long")]
public sealed class ScriptComparisonTests
{
    [Theory]
    [InlineData("script -c 'echo hi'")]
    [InlineData("script -q -c 'echo hi' log")]
    [InlineData("script -q -c 'exit 3' log")]
    [InlineData("script -e -c 'exit 3' log")]
    [InlineData("script -q -e -c 'kill -9 $$' log")]
    [InlineData("script -q -e -c 'kill -15 $$' log")]
    [InlineData("script --return --quiet --command 'exit 7' log")]
    [InlineData("echo before >log; script -q -a -c 'echo more' log")]
    [InlineData("echo before >log; script -q -c 'echo anew' log")]
    [InlineData("script -f -q -c 'echo hi' -t 2>log.time log")]
    [InlineData("script -q -c 'echo hi' -tlog.time log")]
    [InlineData("script -q -c 'echo hi' --timing=log.time log")]
    [InlineData("script -c 'echo hi' -T log.time -O log")]
    [InlineData("script -q -c 'echo hi' -T log.time -O log -m advanced")]
    [InlineData("script -q -c 'echo hi' -T log.time -O log -m Advanced")]
    [InlineData("script -q -c 'echo hi' -T log.time -O log -m classic")]
    [InlineData("printf 'one\\ntwo\\n' | script -q -E never -c 'cat' -T log.time -B log")]
    [InlineData("printf 'one\\n' | script -q -E never -c 'cat' -T log.time -I in -O out")]
    [InlineData("printf 'one\\n' | script -q -E never -c 'cat' -T log.time -I in -m classic")]
    [InlineData("printf 'one\\n' | script -E never -c 'cat' -I in")]
    [InlineData("printf 'one\\n' | script -q -E never -c 'cat' out")]
    [InlineData("printf 'one\\n' | script -q -E always -c 'cat' out")]
    [InlineData("script -q -c \"printf '\\\\000\\\\377\\\\200\\\\303'\" log")]
    [InlineData("script -q -c 'stty -a | grep -o -- \"-*echo \"' -E never log")]
    [InlineData("script -q -c 'stty -a | grep -o -- \"-*echo \"' -E always log")]
    [InlineData("ln -s elsewhere typescript; script -c true")]
    [InlineData("ln -s elsewhere typescript; script --force -q -c 'echo hi'")]
    [InlineData("ln -s elsewhere log; script -q -c 'echo hi' log")]
    [InlineData("script -q -c true missing/log")]
    [InlineData("script -c true -T missing/time log")]
    [InlineData("SHELL=/nowhere script -q -e -c true log")]
    [InlineData("script -q -c 'echo a' -c 'echo b' log")]
    [InlineData("script --nonsense")]
    [InlineData("script -Z")]
    [InlineData("script -c")]
    [InlineData("script --command")]
    [InlineData("script -E perhaps -c true log")]
    [InlineData("script -m modern -c true log")]
    [InlineData("script -o much -c true log")]
    [InlineData("script -o 5 -c 'echo hello; exec sleep 20' log")]
    [InlineData("script -c true one two")]
    [InlineData("script -m classic -T log.time -B log -c true")]
    public void Without_a_terminal(string line)
    {
        using var bench = new RecordingBench();

        Assert.Equal(bench.Run(line, isOurs: false), bench.Run(line, isOurs: true));
    }

    [Theory]
    [InlineData("script -c 'echo hi'")]
    [InlineData("script -q -e -c 'exit 3' log")]
    [InlineData("script -q -c 'echo hi' -T log.time -O log -m advanced")]
    [InlineData("script -q -c 'echo READY; read x; echo got $x' log", "word\r")]
    [InlineData("script -q -c 'echo READY; read x; echo got $x' -T log.time -B log", "word\r")]
    [InlineData("script -q -c 'stty -echo; echo READY; read x; echo got $x' -T log.time -I in -O out", "word\r")]
    [InlineData("script -q -c 'echo READY; read x; echo got $x' -T log.time -I in", "word\r")]
    [InlineData("script -q -e -c 'echo READY; exec cat' log", "\u0003")]
    [InlineData("script -q -e -c 'echo READY; exec cat' log", "\u0004")]
    [InlineData("script -q -c 'stty size' log")]
    [InlineData("stty -echo; script -q -c 'stty -a' log")]
    [InlineData("script -q -c 'stty -a' -E always log")]
    [InlineData("script -q -c 'stty -a' -E never log")]
    [InlineData("stty -g >before; script -q -c 'exit 1' log; stty -g >after; cmp before after")]
    [InlineData("script -c 'echo hi; kill -WINCH $PPID; echo done' log")]
    [InlineData("script -q -O out -c 'echo hi' extra")]
    [InlineData("COLUMNS=50 LINES=10 script -q -c 'stty size; echo $COLUMNS' -T t -m advanced log")]
    [InlineData("stty cols 0 rows 0; script -q -c 'stty size' -T t -m advanced log")]
    [InlineData("stty raw; script -q -c 'stty -a' log; stty -a")]
    [InlineData("stty -echo -icanon; script -q -c 'stty -a' log; stty -a")]
    [InlineData("script -q -c 'echo hi' log </dev/null")]
    [InlineData("script -q -c 'echo hi' -T t -m advanced log >out")]
    [InlineData("script -c 'kill -TERM $PPID; sleep 3' log")]
    [InlineData("TTY=$(tty); export TTY; script -q -T t -m advanced -c 'sleep 0.5; stty -F $TTY rows 10; sleep 0.5; stty size' log")]
    [InlineData("script -q -c 'script -q -c \"echo inner\" inner; echo outer' outer")]
    [InlineData("script -o 3 -c 'echo hello; sleep 3' log")]
    public void On_a_terminal(string line, string typed = "")
    {
        using var bench = new RecordingBench();

        Assert.Equal(bench.RunOnTerminal(line, typed, isOurs: false), bench.RunOnTerminal(line, typed, isOurs: true));
    }

    // As util-linux 2.42 has it; 2.38.1 refuses more than one word.
    [Theory]
    [InlineData("script log -- echo two words", "COMMAND=\"echo two words\"", "two words\r\n")]
    [InlineData("script -q -O log -- echo", "COMMAND=\"echo\"", "\r\n")]
    [InlineData("script -q -I -- -O log -- echo dashes", "COMMAND=\"echo dashes\"", "dashes\r\n")]
    [InlineData("script -Bc -- echo bundle; mv c log", "COMMAND=\"echo bundle\"", "bundle\r\n")]
    public void A_command_may_follow_dashes(string line, string header, string shown)
    {
        using var bench = new RecordingBench();

        string said = bench.Run(line, isOurs: true);

        Assert.Contains($"--- log\nScript started on TIME [{header} <not executed on terminal>]\n{shown}", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_is_named_once()
    {
        using var bench = new RecordingBench();

        string said = bench.Run("script -c true log -- echo hi", isOurs: true);

        Assert.StartsWith("exit 1\n", said, StringComparison.Ordinal);
        Assert.Contains("script: option --command and '-- program' are mutually exclusive\n", said, StringComparison.Ordinal);
    }

    // The runtime opens files of its own at descriptors that were closed: random numbers, say, which must not be typed.
    [Theory]
    [InlineData("script -q -c 'cat; echo hi' log <&-")]
    [InlineData("script -q -c 'echo hi' log >&-")]
    [InlineData("script -q -c 'echo hi' log 2>&-")]
    [InlineData("script -q -c 'echo hi' log <&- >&- 2>&-")]
    public void Closed_descriptors_are_nothing_to_read_or_write(string line)
    {
        using var bench = new RecordingBench();

        string said = bench.Run(line, isOurs: true);

        Assert.EndsWith("<not executed on terminal>]\nhi\r\n\nScript done on TIME [COMMAND_EXIT_CODE=\"0\"]\n\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public void The_terminal_is_restored_where_it_is_told_to_end()
    {
        using var bench = new RecordingBench();

        string said = bench.RunOnTerminal(
            "stty -g >before; script -q -c 'kill -TERM $PPID; exec sleep 30' log; stty -g >after; cmp before after && echo restored", "", isOurs: true);

        Assert.Contains("restored", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Kill_9_leaves_what_came_half_a_second_before()
    {
        using var bench = new RecordingBench();

        string said = bench.Run("script -q -c 'echo kept; sleep 0.5; kill -9 $PPID' log; echo; grep -c kept log", isOurs: true);

        Assert.Contains("--- log\nScript started on TIME [COMMAND=\"echo kept; sleep 0.5; kill -9 $PPID\" <not executed on terminal>]\nkept\r\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_take_only_additions_are_added_to()
    {
        using var bench = new RecordingBench();
        const string Line = "touch log log.time; chattr +a log log.time 2>/dev/null || { echo unable; exit 0; }; "
            + "for i in 1 2; do script -q -a -c \"echo piece $i\" -T log.time log; done; chattr -a log log.time; scriptreplay -d 1000000 log.time log";

        string said = bench.Run(Line, isOurs: true);

        Assert.SkipWhen(said.Contains("unable", StringComparison.Ordinal), "this file system, or user, has no chattr +a");
        Assert.Contains("piece 1\r\npiece 2\r\n", said, StringComparison.Ordinal);
        Assert.Matches("(?s)--- output.*piece 1\r\n.*piece 2\r\n\n\n--- error\n\n", said);
    }
}
