using Akashi.Cli.CommandLine;
using Akashi.Control;
using Akashi.Host;
using Akashi.Linux.Cryptography;
using Akashi.Linux.Terminals;
using Akashi.Output;
using Akashi.Recordings;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Cli.Recordings;

/// <summary><c>akashi replay</c>: shows a recording.</summary>
/// <remarks>Exit codes: 0; 1 where it can't be read, or the text isn't found; 2 usage.</remarks>
static class ReplayTool
{
    // Checked within a tenth of a second; what is longer is checked when it was shown.
    const int CheckedFirstBytesMax = 64 << 20;

    public static Tool Tool { get; } = new("replay", "play a recorded session, or print it as text", Run) { Manual = MakeManual };

    static Manual MakeManual() => new()
    {
        Usage = ["[OPTION...] FILE [TIMING]", "[OPTION...] SESSION"],
        Description = """
            `akashi replay` plays what a terminal showed: a recording of `akashi record`, an asciicast (version 1, 2 or 3), a ttyrec, or a typescript of script(1) with its timing
            file. Packed ones (gzip, zstd) are unpacked into memory, 256 MB at most. Nothing of the recording reaches the terminal but the characters and colours that stood on its screen.

            What isn't the name of a file (and has no slash) is a SESSION of `akashi recorder`: its name or id in `akashi recordings`, or a beginning that no other has. auditd
            hands it out, to root and to the members of recordings_group (akashi.conf), and writes an audit record of that before: `akashi search type=TRUSTED_APP`. Where it
            can't, nobody sees anything. Root, who may read the file itself, leaves a record so only by the name.

            Keys: space pauses; left and right go 5 seconds back and on, page up and page down a minute; up and down change the speed; g and G go to the
            beginning and the end; . shows the next event; / asks for a text and goes to where it comes on the screen, n to the next place, N to the one before;
            h shows the keys; q or Ctrl-C ends. A recording whose running hash shows that it was altered is shown, and that is said. Searching takes small and capital letters as the same, and goes on from the beginning behind the end.

            Printed as text (--text, or into a pipe) it begins with date, title and command, and has each line as it stood when it left the screen: scrolled off, erased
            or cleared. NOT printed are parts of a line that were edited or overwritten, and of programs that fill the screen (editors, pagers: the
            alternate screen) all but their last screen, marked by `| `. Whoever hides something can hide it there: `--find` and `/` look at every screen.
            Lines between `--` are said of the recording: sessions that begin (akashi record --append), exit statuses, bytes that weren't recorded. Characters that
            don't show themselves or turn the direction of text are escaped as `\u202e`.
            """,
        Options = ReplayOptions.Table.Descriptions,
        Operands = new(ValueKind.File),
        ExitStatus = [("0", "It was played or printed."), ("1", "It can't be read, or the text wasn't found."), ("2", "An option is wrong.")],
        Examples =
        [
            ("akashi replay --idle 1 session.cast", "Without long waits."),
            ("akashi replay --text session.cast | grep passwd", "What was on the screen, as lines."),
            ("akashi replay --live 4be1", "Watch a session that `akashi recordings --state live` lists."),
            ("akashi replay typescript typescript.time", "What script(1) recorded."),
        ],
        SeeAlso = ["akashi-recordings(1)", "akashi-protect(8)", "akashi.conf(5)", "akashi(1)"],
        Section = 1,
    };

    static int Run(Invocation invocation)
    {
        var typed = new ReplayOptions();
        using var error = new Utf8Output(invocation.Error);
        string? fault = ReplayOptions.Table.Parse(invocation.Arguments, typed, ReplayOptions.TakeOperand);
        if (fault is null && !typed.WantsHelp && typed.Path is null)
            fault = "which recording? a FILE is missing";
        if (fault is not null)
            return WrongUsage.Refuse(invocation, "akashi replay", fault);

        using var output = new Utf8Output(invocation.Output);
        if (typed.WantsHelp)
            return CommandHelp.Print(invocation, "replay");

        if (typed.IsCat && invocation.OutputIsTerminal)
        {
            error.Write("akashi replay: a recording isn't written to a terminal: it may hold what steers it\nhint: akashi replay --cat FILE >COPY, or | less\n"u8);
            return 1;
        }

        if (typed.IsLive && (!invocation.OutputIsTerminal || typed.IsText || typed.IsCat))
        {
            error.Write("akashi replay: --live needs a terminal\nhint: --text prints what is there by now\n"u8);
            return 1;
        }

        var sessions = new SessionNames(invocation.Host, typed.SocketPath);
        SafeFileHandle? session = typed.TimingPath is null && SessionNames.MayBe(invocation.Host, typed.Path!)
            ? sessions.Open(typed.Path!, typed.IsLive ? RecordingLook.Watch : RecordingLook.Read)
            : null;
        if (typed.IsCat)
            return Cat(invocation, typed, session, output);
        Stream file = session is null ? RecordingFiles.OpenPlain(invocation.Host, typed.Path!) : RecordingFiles.OpenPlain(invocation.Host, session, typed.Path!);
        bool isCheckedFirst = file.Length <= CheckedFirstBytesMax;
        if (isCheckedFirst)
            SayAltered(typed, file, error);
        int exitCode = Show(invocation, typed, RecordingFiles.Open(invocation.Host, file, typed.Path!, typed.TimingPath), output, error);
        if (!isCheckedFirst)
            SayAltered(typed, file, error);
        return exitCode;
    }

    // Whoever looks at a recording must not take an altered one for what happened.
    static void SayAltered(ReplayOptions typed, Stream file, Utf8Output error)
    {
        if (typed.IsLive || typed.TimingPath is not null)
            return;
        file.Position = 0;
        var found = RecordingVerifier.Verify(file, new CryptoBlocks());
        file.Position = 0;
        if (found.Verdict == RecordingVerdict.Altered)
        {
            FaultLines.Write(error, "akashi replay", $"{typed.Path}: {VerifyCommand.Text(found)}");
            error.Flush();
        }
    }

    static int Show(Invocation invocation, ReplayOptions typed, IRecordingReader reader, Utf8Output output, Utf8Output error)
    {
        typed.IdleSeconds ??= reader.Header.IdleSeconds;
        var timeline = new Timeline(reader);
        if (typed.AtSeconds is { } at)
            timeline.Seek((long)(at * 1_000_000));
        if (typed.FindText is { } text && !timeline.FindText(text))
        {
            error.Write("akashi replay: the text isn't on the screen\n"u8);
            return 1;
        }

        using RawKeyboard? keyboard = invocation.OutputIsTerminal && !typed.IsText ? RawKeyboard.TryOpen() : null;
        if (keyboard is null)
            Print(typed, timeline, output);
        else
            new Player(invocation, timeline, keyboard, output, typed).Play();
        if (reader.FaultCount > 0)
        {
            output.Flush();
            error.Write($"akashi replay: {typed.Path}: {reader.FaultCount} damaged parts passed over, the first at byte {reader.FirstFault!.Offset}: {reader.FirstFault.Text}\n");
        }

        return 0;
    }

    // Where a text is looked for, from its line on: what happened when it came is written, too.
    static void Print(ReplayOptions typed, Timeline timeline, Utf8Output output)
    {
        var transcript = new Transcript(output);
        if (typed.FindText is { } text)
        {
            transcript.StartAt(text, timeline.Microseconds);
            timeline.SeekBefore(timeline.Microseconds);
        }

        transcript.Write(timeline);
    }

    static int Cat(Invocation invocation, ReplayOptions typed, SafeFileHandle? session, Utf8Output output)
    {
        using Stream file = session is null ? RecordingFiles.OpenPlain(invocation.Host, typed.Path!) : RecordingFiles.OpenPlain(invocation.Host, session, typed.Path!);
        bool isAsciicast = typed.TimingPath is null && AsciicastReader.TryOpen(file, out _);
        file.Position = 0;
        if (!isAsciicast)
        {
            new RecordingConversion(RecordingFiles.Open(invocation.Host, typed.Path!, typed.TimingPath)).WriteAsciicast(invocation.Output, RecordingFormat.AsciicastV3);
            return 0;
        }

        byte[] buffer = new byte[64 * 1024];
        for (int count; (count = file.Read(buffer)) > 0;)
            output.Write(buffer.AsSpan(0, count));
        return 0;
    }
}
