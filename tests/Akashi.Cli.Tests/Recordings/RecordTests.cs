using System.Text;
using System.Text.Json;
using Akashi.Recordings;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Recordings;

/// <summary><c>akashi record</c> with real sessions.</summary>
[Trait("Category", "Long")]
public sealed class RecordTests
{
    [Theory]
    [InlineData("-q session.cast -- sh -c 'exit 3'", 0)]
    [InlineData("-q -e session.cast -- sh -c 'exit 3'", 3)]
    [InlineData("-q --return -c 'exit 3' session.cast", 3)]
    [InlineData("-q -e session.cast -- sh -c 'kill -9 $$'", 137)]
    [InlineData("-q session.cast -- nowhere-to-be-found", 127)]
    [InlineData("-q session.cast -- /", 126)]
    [InlineData("--nonsense session.cast", 2)]
    [InlineData("session.cast --", 2)]
    [InlineData("-c true session.cast -- true", 2)]
    [InlineData("--append --overwrite session.cast", 2)]
    [InlineData("--size 80 session.cast", 2)]
    [InlineData("one.cast two.cast", 2)]
    [InlineData("-c true missing/session.cast", 1)]
    public void Exit_codes(string words, int expected)
    {
        using var session = new RecordedSession();

        Assert.Equal(expected, session.Run($"$AKASHI record {words}"));
    }

    [Fact]
    public void A_replay_says_that_its_recording_was_altered()
    {
        using var session = new RecordedSession();

        int exitCode = session.Run(
            "$AKASHI record -q session.cast -c 'echo hello' >/dev/null && $AKASHI replay --text session.cast && sed s/hello/hullo/ session.cast >altered.cast && $AKASHI replay --text altered.cast");

        Assert.Equal(0, exitCode);
        Assert.Contains("hullo", session.Screen, StringComparison.Ordinal);
        Assert.Matches("^akashi replay: altered.cast: altered, in lines 1 to [0-9]+; what stands before is as it was\n$", session.Error);
    }

    [Fact]
    public void A_session_on_a_terminal_is_recorded_with_its_sizes_and_its_end()
    {
        using var session = new RecordedSession();

        int exitCode = session.RunOnTerminal(
            [("$ ", "stty size; echo RE''ADY; until [ \"$(stty size)\" = '30 100' ]; do :; done; echo SI''ZED\r"), ("READY", "=30x100"), ("SIZED", ""), ("$ ", "exit 5\r")],
            RecordedSession.Program, "record", "-e", "session.cast");

        Assert.Equal(5, exitCode);
        Assert.Equal(["r:100x30", "x:5"], session.ReadEvents());
        Assert.Contains("24 80", Encoding.ASCII.GetString(session.ReadShown()), StringComparison.Ordinal);
        Assert.Equal(RecordingVerdict.Fine, session.Verify().Verdict);
        Assert.Contains(session.Verify().LastHash, session.Screen, StringComparison.Ordinal);
    }

    // The terminal half of the operation log: record, look, prove, and hand on to script's tools.
    [Fact]
    public void What_is_recorded_can_be_read_proved_and_converted()
    {
        using var session = new RecordedSession();
        session.RunOnTerminal([("$ ", "echo operation 1\r"), ("\noperation 1", ""), ("$ ", "exit\r")], RecordedSession.Program, "record", "-q", "session.cast");

        int exitCode = session.Run(
            "$AKASHI replay --text session.cast | grep -o 'operation 1$' && $AKASHI recordings verify session.cast && "
            + "$AKASHI recordings convert --to typescript session.cast log && $AKASHI scriptreplay -d 100000 log.time log | grep -c '^operation 1'");

        Assert.Equal(0, exitCode);
        Assert.Matches("^operation 1\noperation 1\nsession.cast: fine, \\d+ checks?, last hash [0-9a-f]{64}\n1\n$", session.Screen);
    }

    [Fact]
    public void Any_bytes_that_are_shown_are_recorded_exactly()
    {
        using var session = new RecordedSession();
        byte[] sent = new byte[300_000];
        new Random(1).NextBytes(sent);
        File.WriteAllBytes(Path.Combine(session.Folder, "sent"), sent);

        session.Run("$AKASHI record -q session.cast -c 'stty raw -echo; cat sent' >shown");

        Assert.Equal(sent, session.ReadShown());
        Assert.Equal(sent, File.ReadAllBytes(Path.Combine(session.Folder, "shown")));
        Assert.Equal(RecordingVerdict.Fine, session.Verify().Verdict);
    }

    [Fact]
    public void A_file_that_holds_something_is_neither_replaced_nor_added_to_unasked()
    {
        using var session = new RecordedSession();

        Assert.Equal(1, session.Run("$AKASHI record -q session.cast -c 'echo one' && $AKASHI record session.cast -c 'echo two'"));
        Assert.Contains("it isn't empty\nhint: --append adds to it, --overwrite replaces what it holds\n", session.Error, StringComparison.Ordinal);
        Assert.Equal("one\r\n", Encoding.ASCII.GetString(session.ReadShown()));
        Assert.Equal(0, session.Run("$AKASHI record -q --append session.cast -c 'echo two'"));
        Assert.Equal("one\r\ntwo\r\n", Encoding.ASCII.GetString(session.ReadShown()));
        Assert.Equal((RecordingVerdict.Fine, 2), (session.Verify().Verdict, session.Verify().SessionCount));
        Assert.Equal(0, session.Run("$AKASHI record -q --overwrite session.cast -c 'echo three'"));
        Assert.Equal("three\r\n", Encoding.ASCII.GetString(session.ReadShown()));
    }

    [Fact]
    public void Something_else_is_not_added_to()
    {
        using var session = new RecordedSession();

        Assert.Equal(1, session.Run("echo text >session.cast; $AKASHI record --append session.cast -c true"));
        Assert.Equal("text\n", session.FileText);
    }

    [Fact]
    public void Files_that_take_only_additions_are_added_to()
    {
        using var session = new RecordedSession();

        int exitCode = session.Run("touch session.cast; chattr +a session.cast 2>/dev/null || exit 77; "
            + "for i in 1 2; do $AKASHI record -q -a session.cast -c \"echo $i\"; done; $AKASHI record --overwrite session.cast -c true; code=$?; chattr -a session.cast; exit $code");

        Assert.SkipWhen(exitCode == 77, "this file system, or user, has no chattr +a");
        Assert.Equal(1, exitCode);
        Assert.Equal("1\r\n2\r\n", Encoding.ASCII.GetString(session.ReadShown()));
    }

    [Fact]
    public void Two_recorders_never_write_into_one_file()
    {
        using var session = new RecordedSession();

        session.Run("$AKASHI record -q session.cast -c '$AKASHI record --append session.cast -c true; echo code $?'");

        Assert.Contains("it is being recorded into\r\ncode 1\r\n", Encoding.ASCII.GetString(session.ReadShown()), StringComparison.Ordinal);
    }

    [Fact]
    public void Kill_9_leaves_what_came_half_a_second_before()
    {
        using var session = new RecordedSession();

        session.Run("$AKASHI record -q session.cast -c 'echo kept; sleep 0.5; kill -9 $PPID'");

        Assert.StartsWith("kept\r\n", Encoding.ASCII.GetString(session.ReadShown()), StringComparison.Ordinal);
        Assert.Equal(RecordingVerdict.EndMissing, session.Verify().Verdict);
    }

    [Theory]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    public void A_signal_ends_the_session_and_the_recording_says_so(string signal, int expected)
    {
        using var session = new RecordedSession();

        int exitCode = session.RunOnTerminal(
            [], "sh", "-c", $"stty -g >before; $AKASHI record -q session.cast -c 'kill -{signal} $PPID; exec sleep 30'; code=$?; stty -g >after; cmp before after && exit $code");

        Assert.Equal(expected, exitCode);
        Assert.Equal([$"m:akashi record: SIG{signal}"], session.ReadEvents());
        Assert.Equal(RecordingVerdict.Fine, session.Verify().Verdict);
    }

    [Fact]
    public void The_outer_terminal_may_vanish()
    {
        using var session = new RecordedSession();

        session.RunOnTerminal([("$ ", "echo RE''ADY\r"), ("READY", "!")], RecordedSession.Program, "record", "session.cast");

        Assert.Contains("READY", Encoding.ASCII.GetString(session.ReadShown()), StringComparison.Ordinal);
        Assert.Equal(RecordingVerdict.Fine, session.Verify().Verdict);
    }

    [Fact]
    public void A_stopped_recorder_goes_on()
    {
        using var session = new RecordedSession();

        session.Run("$AKASHI record -q session.cast -c '(sleep 0.3; kill -CONT $PPID) & echo one; kill -STOP $PPID; echo two; wait'");

        Assert.Equal("one\r\ntwo\r\n", Encoding.ASCII.GetString(session.ReadShown()));
        Assert.Equal(RecordingVerdict.Fine, session.Verify().Verdict);
    }

    [Fact]
    public void A_device_that_is_full_ends_no_session()
    {
        using var session = new RecordedSession();

        Assert.Equal(1, session.Run("$AKASHI record -e /dev/full -c 'echo shown; sleep 0.5; exit 3'"));
        Assert.Contains("shown", session.Screen, StringComparison.Ordinal);
        Assert.Contains("cannot write /dev/full: No space left on device; the session goes on", session.Error, StringComparison.Ordinal);
        Assert.Contains("the end of /dev/full isn't written", session.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_of_the_file_s_size_ends_no_session()
    {
        using var session = new RecordedSession();

        Assert.Equal(1, session.Run("export DOTNET_EnableWriteXorExecute=0; ulimit -f 8; $AKASHI record -e session.cast -c 'head -c 100000 /dev/zero | tr \"\\0\" x; sleep 0.5; exit 3'"));
        Assert.Contains("cannot write session.cast: File too large; the session goes on", session.Error, StringComparison.Ordinal);
        Assert.Equal(100_000, session.Screen.Length);
        Assert.Equal(RecordingVerdict.EndMissing, session.Verify().Verdict);
    }

    [Fact]
    public void A_disk_that_has_room_again_gets_the_rest_and_the_length_of_the_gap()
    {
        using var session = new RecordedSession();
        Assert.SkipUnless(PrivateMounts.Exist, PrivateMounts.Missing);
        Directory.CreateDirectory(Path.Combine(session.Folder, "disk"));
        const string Session = "head -c 3000000 /dev/zero | tr \"\\0\" x; sleep 0.7; rm disk/filler; sleep 0.7; echo after";

        int exitCode = session.Run(
            "exec unshare -m sh -c 'mount -t tmpfs -o size=2m tmpfs disk && head -c 1900000 /dev/zero >disk/filler && "
            + $"$AKASHI record -e disk/session.cast -c '\\''{Session}'\\''; code=$?; cp disk/session.cast .; exit $code'");

        Assert.Equal(0, exitCode);
        Assert.Contains("No space left on device; the session goes on", session.Error, StringComparison.Ordinal);
        Assert.Contains("disk/session.cast is written again", session.Error, StringComparison.Ordinal);
        byte[] shown = session.ReadShown();
        string gap = Assert.Single(session.ReadEvents(), text => text.StartsWith("g:o ", StringComparison.Ordinal));
        Assert.Equal(3_000_007, shown.Length + long.Parse(gap[4..]));
        Assert.Contains($"akashi record: {gap[4..]} bytes are missing in disk/session.cast", session.Error, StringComparison.Ordinal);
        Assert.EndsWith("xafter\r\n", Encoding.ASCII.GetString(shown), StringComparison.Ordinal);
        Assert.Equal(RecordingVerdict.Fine, session.Verify().Verdict);
    }

    [Fact]
    public void The_header_has_what_players_want_to_know()
    {
        using var session = new RecordedSession();

        session.Run("NAME=value $AKASHI record -q --title 'A title' --idle-limit 1.5 --env SHELL,NAME,NOT_THERE --size 90x20 session.cast -c 'stty size'");

        Assert.Matches(
            """^\{"version":3,"term":\{"cols":90,"rows":20,"type":"xterm"\},"timestamp":\d+,"idle_time_limit":1\.5,"command":"stty size","title":"A title","env":\{"SHELL":"/bin/sh","NAME":"value"\},"akashi":\{"format":1,"chain":"sha256"\}\}\n""",
            session.FileText);
        Assert.Equal("20 90\r\n", Encoding.ASCII.GetString(session.ReadShown()));
    }

    [Fact]
    public void A_command_behind_the_dashes_is_written_as_a_shell_takes_it()
    {
        using var session = new RecordedSession();

        session.Run("""$AKASHI record -q session.cast -- sh -c 'echo "it'\''s"' ''""");

        Assert.Equal("it's\r\n", Encoding.ASCII.GetString(session.ReadShown()));
        using JsonDocument header = JsonDocument.Parse(session.FileText.Split('\n')[0]);
        Assert.Equal("""sh -c 'echo "it'\''s"' ''""", header.RootElement.GetProperty("command").GetString());
    }

    [Fact]
    public void Without_a_name_the_file_is_named_after_the_time_and_for_its_owner_alone()
    {
        using var session = new RecordedSession();

        Assert.Equal(0, session.Run("umask 000; $AKASHI record -q -c true"));

        string path = Assert.Single(Directory.GetFiles(session.Folder));
        Assert.Matches(@"^akashi-\d{8}-\d{6}\.cast$", Path.GetFileName(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void A_pipe_that_nobody_reads_is_refused_at_once()
    {
        using var session = new RecordedSession();

        Assert.Equal(1, session.Run("mkfifo session.cast && timeout 20 $AKASHI record -q session.cast -c true"));
        Assert.Contains("it is a pipe or socket that nobody reads", session.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ln -s kept.cast session.cast")]
    [InlineData("ln kept.cast session.cast")]
    [InlineData("ln kept.cast session.cast", "--append")]
    [InlineData("ln -s kept.cast session.cast", "--overwrite")]
    [InlineData("mkfifo session.cast; sleep 60 <>session.cast & pid=$!; until [ -e /proc/$pid/fd/0 ] && [ /proc/$pid/fd/0 -ef session.cast ]; do :; done")]
    public void Root_records_into_no_link_where_others_write(string made, string option = "-q")
    {
        using var session = new RecordedSession();
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root, for a directory of somebody else's");
        Assert.Equal(0, session.Run("$AKASHI record -q kept.cast -c true && chown 4242 ."));
        byte[] kept = File.ReadAllBytes(Path.Combine(session.Folder, "kept.cast"));

        Assert.Equal(1, session.Run($"{made}; timeout 20 $AKASHI record {option} session.cast -c true; code=$?; [ -z \"$pid\" ] || kill $pid; exit $code"));

        Assert.Matches("akashi record: cannot write session.cast: it is (a link|not a file)", session.Error);
        Assert.Equal(kept, File.ReadAllBytes(Path.Combine(session.Folder, "kept.cast")));
        Assert.Equal(0, session.Run("rm session.cast; $AKASHI record -q session.cast -c true; $AKASHI record -q --append session.cast -c true"));
        Assert.Equal(2, session.Verify().SessionCount);
    }

    [Fact]
    public void Links_of_one_s_own_are_followed()
    {
        using var session = new RecordedSession();

        Assert.Equal(0, session.Run("touch session.cast; ln -s session.cast link; $AKASHI record -q link -c 'echo one'; $AKASHI record -q --append link -c 'echo two'"));
        Assert.Equal("one\r\ntwo\r\n", Encoding.ASCII.GetString(session.ReadShown()));
    }

    [Fact]
    public void What_is_piped_in_is_typed_and_not_recorded_unasked()
    {
        using var session = new RecordedSession();

        session.Run("printf 'one\\n' | $AKASHI record -q session.cast -c 'read x; echo got $x'");

        Assert.Equal("one\r\ngot one\r\n", Encoding.ASCII.GetString(session.ReadShown()));
        Assert.Equal(["x:0"], session.ReadEvents());
    }
}
