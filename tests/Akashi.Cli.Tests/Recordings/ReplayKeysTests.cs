using System.Text.RegularExpressions;

namespace Akashi.Cli.Tests.Recordings;

/// <summary>Keys typed at scriptreplay and at akashi replay, on a terminal.</summary>
public sealed class ReplayKeysTests
{
    // 30 s between the words: only keys bring the second one in time.
    const string Slow = "printf 'Script started\\nONE-TWO-THREE-' >log; printf '0.010000 4\\n30.000000 4\\n30.000000 6\\n' >t; ";
    const string Cast = "printf '{\"version\":3,\"term\":{\"cols\":40,\"rows\":5}}\\n[0.01, \"o\", \"ONE\"]\\n[30, \"o\", \"\\\\r\\\\nTWO\"]\\n[30, \"o\", \"\\\\r\\\\nTHREE\"]\\n' >a.cast; ";
    // TWO, and again TWO after it was erased.
    const string Twice = "printf '{\"version\":2,\"width\":40,\"height\":5}\\n[0.01, \"o\", \"ONE\"]\\n[30, \"o\", \"\\\\r\\\\nTWO\"]\\n[40, \"o\", \"\\\\u001b[2J\"]\\n[60, \"o\", \"TWO\"]\\n' >a.cast; ";
    const string Right = "\e[C";
    const string Left = "\e[D";
    const string Up = "\e[A";
    const string Down = "\e[B";

    [Fact]
    public void Scriptreplay_goes_to_the_next_piece_with_right()
    {
        using var bench = new RecordingBench();

        string said = bench.Converse(Slow + "stty -a >1; scriptreplay t log; echo code $?; stty -a >2; cmp 1 2 && rm 1 2", isOurs: true, "ONE-", Right, "TWO-", "\eOC");

        Assert.StartsWith("exit 0\n--- output\nONE-TWO-THREE-\r\ncode 0\r\n", said, StringComparison.Ordinal);
        Assert.DoesNotContain("--- 1", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Scriptreplay_pauses_and_goes_on_with_space_and_takes_other_speeds()
    {
        using var bench = new RecordingBench();

        // 1.1 to the 60th is 304: what is left of 30 s takes less than a tenth of a second.
        string said = bench.Converse(
            Slow + "scriptreplay t log; echo code $?", isOurs: true, "ONE-", " ", "", string.Concat(Enumerable.Repeat(Up, 60)), "", Down + " ");

        Assert.StartsWith("exit 0\n--- output\nONE-TWO-THREE-\r\ncode 0\r\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Scriptreplay_ends_for_Ctrl_C_and_restores_the_terminal()
    {
        using var bench = new RecordingBench();

        string said = bench.Converse(
            "trap : INT; " + Slow + "stty -a >1; sh -c 'trap - INT; exec scriptreplay t log'; echo code $?; stty -a >2; cmp 1 2 && rm 1 2", isOurs: true, "ONE-", "\u0003");

        Assert.Contains("code 130\r\n", said, StringComparison.Ordinal);
        Assert.DoesNotContain("--- 1", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scriptreplay t log", "ONE-", "129")]
    [InlineData("akashi replay a.cast", "ONE", "0")]
    public void Players_end_where_the_terminal_hangs_up(string line, string seen, string code)
    {
        using var bench = new RecordingBench();

        string said = bench.Converse(Slow + Cast + "exec " + line, isOurs: true, seen, "HANGUP");

        // The kernel sends SIGHUP twice, to the session's leader and to the group in front: the second may come when nobody listens any more (255 here).
        Assert.Matches($"^exit ({code}|255)\n", said);
    }

    [Fact]
    public void Akashi_replay_takes_its_keys()
    {
        using var bench = new RecordingBench();

        // On, on, to the end, to the beginning, to a text, one event, and out.
        string said = bench.Converse(
            Cast + "stty -a >1; akashi replay a.cast; echo code $?; stty -a >2; cmp 1 2 && rm 1 2", isOurs: true,
            "ONE", "\e[6~", "TWO", "G", "THREE", "g", "0:00:00.0", "/tw\r", "paused 0:00:30.0", ".", "end 0:01:00.0", Left, "paused 0:00:55.0", Right + "q");

        Assert.Contains("code 0\r\n", said, StringComparison.Ordinal);
        Assert.DoesNotContain("--- 1", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Akashi_replay_is_paused_and_runs_at_other_speeds()
    {
        using var bench = new RecordingBench();

        string said = bench.Converse(
            Cast + "akashi replay a.cast; echo code $?", isOurs: true, "ONE", " ", "paused", string.Concat(Enumerable.Repeat(Up, 20)), "speed 3325.26", Down, "speed 2216.84", " ", "THREE", "q");

        Assert.Contains("code 0\r\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_is_not_there_moves_nothing_and_the_search_goes_both_ways()
    {
        using var bench = new RecordingBench();

        string said = bench.Converse(
            Twice + "akashi replay a.cast; echo code $?", isOurs: true,
            "ONE", "/zz\u00c3\u00a9x\u007f", "find: zz\u00c3\u00a9 ", "\r", "0:00:00.0 / 0:01:00.0  not found: zz\u00c3\u00a9", "/t\r", "paused 0:00:30.0", "n", "end 0:01:00.0",
            "N", "paused 0:00:30.0", "N", "not found before: t", "n", "end 0:01:00.0", "n", "from the beginning again: t", "h", "where it comes next", "x", "TWO", "q");

        Assert.Contains("code 0\r\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public void The_status_line_tells_of_gaps_sessions_and_larger_screens()
    {
        using var bench = new RecordingBench();
        const string Line = "printf '{\"version\":3,\"term\":{\"cols\":200,\"rows\":50}}\\n[0.01, \"o\", \"ONE\"]\\n[9, \"g\", \"o 4096\"]\\n[9, \"n\", \"1795269600 u=0\"]\\n[0, \"o\", \"TWO\"]\\n' >a.cast; akashi replay a.cast; echo code $?";

        string said = bench.Converse(
            Line, isOurs: true, "recorded at 200x50: upper left part shown", "", "ONE", ".", "4096 bytes were not recorded", ".", "session 2 begins, 2026-11-21 14:00:00 UTC", "q");

        Assert.Contains("code 0\r\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_begins_where_it_is_asked_to()
    {
        using var bench = new RecordingBench();

        string said = bench.Run(
            Cast + "akashi replay --text --find tw a.cast; akashi replay --text --at 99 a.cast; seq 1 9 | sed 's/.*/[0, \"o\", \"L&\\\\r\\\\n\"]/' >>a.cast; akashi replay --text --find l2 a.cast | head -n 2; rm a.cast",
            isOurs: true);

        Assert.Equal(
            "exit 0\n--- output\n00:00:30.010  TWO\n00:01:00.010  THREE\n00:00:00.010  ONE\n00:00:30.010  TWO\n00:01:00.010  THREE\n00:01:00.010  L2\n00:01:00.010  L3\n\n--- error\n\n", said);
    }

    [Fact]
    public void A_recording_is_not_copied_to_a_terminal()
    {
        using var bench = new RecordingBench();

        string said = bench.RunOnTerminal(Cast + "akashi replay --cat a.cast; echo code $?; rm a.cast", "", isOurs: true);

        Assert.Contains("isn't written to a terminal", said, StringComparison.Ordinal);
        Assert.Contains("code 1", said, StringComparison.Ordinal);
        Assert.DoesNotContain("version", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Akashi_replay_follows_a_recording_that_grows()
    {
        using var bench = new RecordingBench();

        string said = bench.Converse(
            Cast + "akashi replay --follow --speed 10000 a.cast & read x; printf '[0.1, \"o\", \"\\\\r\\\\nFO' >>a.cast; printf 'UR\"]\\n' >>a.cast; fg 2>/dev/null; wait; echo code $?", isOurs: true,
            "THREE", "x\r", "FOUR", "HANGUP");

        Assert.Contains("FOUR", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_of_a_recording_steers_the_viewer_s_terminal()
    {
        using var bench = new RecordingBench();
        string[] hostile =
        [
            @"\u001b]52;c;ZXZpbA==\u0007", @"\u001b]0;owned\u0007", @"\u001b]8;;http://evil\u001b\\link", @"\u001bP$q\""p\u001b\\", @"\u001bP+q544e\u001b\\", @"\u009d52;c;AAAA\u009c",
            @"\u001b[6n\u001b[c\u001b[>c\u001b[5n\u001b[21t\u001b[14t", @"\u001b[8;9999;9999t", @"\u001b[?1000h\u001b[?1006h\u001b[?2004h\u001b[?47h", @"\u001b_Gf=100;AAAA\u001b\\", @"\u001b[99999999999999999999b",
            @"\u001b[2147483647;2147483647H", @"\u001b]1337;File=:AAAA\u0007", @"\u001b^private\u001b\\", @"\u0007\u0005\u000e\u000f", @"\u202eevil\u200b", @"\u001b(0\u001b#8\u001bc", @"\u001b[4i\u001b[5i", @"\u001b[1;31mRED",
        ];
        string events = string.Concat(hostile.Select(text => $"[0.01, \"o\", \"{text}\"]\n")) + "[0.01, \"o\", \"\\r\\nDONE\"]\n";
        string file = "{\"version\":3,\"term\":{\"cols\":40,\"rows\":5},\"title\":\"\\u001b]0;x\\u0007\"}\n" + events;
        const string Line = "cat >a.cast <<'END'\n{0}END\nakashi replay a.cast; echo code $?; akashi replay --text a.cast | cat -v; rm a.cast";

        string said = bench.Converse(Line.Replace("{0}", file, StringComparison.Ordinal), isOurs: true, "DONE", "q");

        // Places, erasing, colours, the cursor's look, the other page: what a renderer writes, and nothing else.
        string shown = said[..said.IndexOf("code 0", StringComparison.Ordinal)];
        string rest = Regex.Replace(shown, "\e\\[[0-9;]*[HmK]|\e\\[\\?(25|1049)[hl]|\e\\[2J|\e[78]", "");
        Assert.DoesNotMatch("[\\x00-\\x09\\x0B\\x0C\\x0E-\\x1F\\x7F]", rest);
        Assert.DoesNotContain("ZXZpbA", said, StringComparison.Ordinal);
        Assert.DoesNotContain("owned", said, StringComparison.Ordinal);
        Assert.DoesNotContain("^", said[said.IndexOf("code 0", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Trait("Category", "Long")]
    [Fact]
    public void Text_and_the_recording_itself_are_printed()
    {
        using var bench = new RecordingBench();
        const string Line = Cast + "gzip -k a.cast; akashi replay --text a.cast.gz; akashi replay --cat a.cast.gz | cmp - a.cast && echo same; akashi replay --cat a.cast | cmp - a.cast && echo same; "
            + "printf 'Script started\\nhi\\r\\n' >log; printf '0.500000 4\\n' >t; akashi replay --text log t; akashi replay --cat log t; rm a.cast a.cast.gz log t";

        string said = bench.Run(Line, isOurs: true);

        Assert.Equal(
            "exit 0\n--- output\n00:00:00.010  ONE\n00:00:30.010  TWO\n00:01:00.010  THREE\nsame\nsame\n00:00:00.500  hi\n"
            + "{\"version\":3,\"term\":{\"cols\":80,\"rows\":24}}\n[DELAY, \"o\", \"hi\\r\\n\"]\n\n--- error\n\n",
            said);
    }
}
