namespace Akashi.Cli.Tests.Recordings;

/// <summary>script when it is stopped, when the terminal around it goes away, when the disk is full.</summary>
public sealed class ScriptFaultTests
{
    const string Trailer = "\nScript done on TIME [COMMAND_EXIT_CODE=";

    [Fact]
    public void A_terminal_that_hangs_up_ends_the_session_and_the_files_are_whole()
    {
        using var bench = new RecordingBench();

        string said = bench.Converse("exec script -q -T t -m advanced -c 'echo READY; exec sleep 100' log", isOurs: true, "READY", "HANGUP");

        Assert.StartsWith("exit 0\n", said, StringComparison.Ordinal);
        Assert.Contains("\nREADY\r\n" + Trailer + "\"0\"]\n", said, StringComparison.Ordinal);
        Assert.Contains("S DELAY SIGHUP\n", said, StringComparison.Ordinal);
        Assert.Contains("H DELAY EXIT_CODE 0\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_terminal_that_goes_away_without_a_signal_leaves_a_whole_recording()
    {
        using var bench = new RecordingBench();

        string said = bench.Converse(
            "trap '' HUP; setsid -w script -q -e -c 'echo READY; sleep 1; seq 3000; exit 7' log; echo $? >code", isOurs: true, "READY", "HANGUP");

        Assert.Contains("--- code\n7\n", said, StringComparison.Ordinal);
        Assert.Contains("\n2999\r\n3000\r\n" + Trailer + "\"7\"]\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shell_that_stops_itself_stops_script_and_both_go_on_together()
    {
        using var bench = new RecordingBench();

        // Stopped, script shows as T; the SIGCONT to it wakes the shell, too.
        const string Line = """
            script -q -e -c 'echo before; kill -STOP $$; echo after; exit 3' log & pid=$!
            until grep -q '^State:.T' /proc/$pid/status; do sleep 0.05; done
            grep -c ^before log; kill -CONT $pid; wait $pid; echo code $?
            """;
        string said = bench.Run(Line, isOurs: true);

        Assert.Contains("before\r\n1\nafter\r\ncode 3\n", said, StringComparison.Ordinal);
        Assert.Contains("]\nbefore\r\nafter\r\n" + Trailer + "\"3\"]\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Stopped_from_outside_and_continued_it_loses_nothing()
    {
        using var bench = new RecordingBench();
        const string Line = """
            script -q -e -T t -c 'seq 20000; exit 4' log >shown & pid=$!
            kill -STOP $pid; sleep 0.3; kill -CONT $pid; wait $pid; echo code $?
            seq 20000 | sed 's/$/\r/' | cmp - shown && echo all shown
            sed 1d log | head -n -2 | head -c -1 >body; seq 20000 | sed 's/$/\r/' | head -c -1 | cmp - body && echo all kept
            awk '{ sum += $2 } END { print sum }' t; rm shown body log t
            """;

        string said = bench.Run(Line, isOurs: true);

        Assert.Equal("exit 0\n--- output\ncode 4\nall shown\nall kept\n128894\n\n--- error\n\n", said);
    }

    [Fact]
    public void A_full_disk_is_told_in_the_words_and_the_code_of_the_original()
    {
        using var bench = new RecordingBench();
        const string Line = """
            unshare -m true 2>/dev/null || { echo unable; exit 0; }
            unshare -m sh -c 'mkdir d; mount -t tmpfs -o size=1m none d && cd d && script -q -e -c "seq 300000; exit 5" log >/dev/null; echo code $?; script -c "echo hi; exit 3" -e log2; echo code $?'
            rmdir d
            """;

        string theirs = bench.Run(Line, isOurs: false);

        Assert.SkipWhen(theirs.Contains("unable", StringComparison.Ordinal), "mount namespaces need root");
        Assert.Contains("code 5\n", theirs, StringComparison.Ordinal);
        Assert.Contains("script: write failed: log: No space left on device\n", theirs, StringComparison.Ordinal);
        Assert.Equal(theirs, bench.Run(Line, isOurs: true));
    }

    [Fact]
    public void Kill_9_costs_what_came_in_the_last_moments_alone()
    {
        using var bench = new RecordingBench();

        // 0.3 s: the 200 ms that a byte may wait, and room for a busy machine.
        string said = bench.Run("script -q -T t -c 'for i in 1 2 3 4 5; do echo kept $i; sleep 0.06; done; sleep 0.3; kill -9 $PPID' log; echo; grep -c ^kept log; awk '{ sum += $2 } END { print sum }' t", isOurs: true);

        Assert.Contains("\n5\n40\n", said, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Long")]
    public void Many_sessions_at_once_all_end_with_all_they_showed()
    {
        using var bench = new RecordingBench();
        const string Line = """
            for i in $(seq 24); do script -q -e -T t$i -c "seq 3000; exit $i" log$i >/dev/null 2>err$i & pids="$pids $!"; done
            i=0; for pid in $pids; do i=$((i+1)); wait $pid; [ $? = $i ] || echo session $i: wrong code; done
            for i in $(seq 24); do
                sed 1d log$i | grep -c '^[0-9]*.$'; awk '{ sum += $2 } END { print sum }' t$i; cat err$i
            done | sort | uniq -c | sed 's/^ *//'; rm log* t* err*
            """;

        string said = bench.Run(Line, isOurs: true);

        Assert.Equal("exit 0\n--- output\n24 16893\n24 3000\n\n--- error\n\n", said);
    }
}
