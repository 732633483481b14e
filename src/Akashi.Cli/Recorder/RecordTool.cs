using Akashi.Cli.CommandLine;
using Akashi.Host;
using Akashi.Linux.Cryptography;
using Akashi.Linux.Terminals;
using Akashi.Output;
using Akashi.Recordings;

namespace Akashi.Cli.Recorder;

/// <summary><c>akashi record</c>: records a terminal session into one file.</summary>
/// <remarks>Exit codes: 0; with --return that of the session; 1 where it can't be recorded; 2 usage; 126 and 127 where the command can't be run or found.</remarks>
static class RecordTool
{
    const int CannotRun = 126;
    const int NotFound = 127;

    public static Tool Tool { get; } = new("record", "record a terminal session", Run) { Manual = RecordManual.Make };

    static int Run(Invocation invocation)
    {
        using var error = new Utf8Output(invocation.Error, FlushMode.Line);
        var typed = new RecordOptions();
        if (typed.Take(invocation.Arguments) is { } fault)
            return WrongUsage.Refuse(invocation, "akashi record", fault);
        if (typed.WantsHelp)
            return CommandHelp.Print(invocation, "record");
        IFiles files = invocation.Host.Files;
        string shell = Environment.GetEnvironmentVariable("SHELL") is { Length: > 0 } wanted ? wanted : "/bin/sh";
        string name = typed.Program.Count > 0 ? typed.Program[0] : shell;
        if (ProgramPath.Find(files, name) is not { } program)
            return Fail(error, NotFound, $"cannot find {name}: No such file or directory");
        if (ProgramPath.FindFault(files, program) is { } why)
            return Fail(error, CannotRun, $"cannot run {program}: {why}");
        string shellName = Path.GetFileName(shell);
        IReadOnlyList<string> arguments = typed.Program.Count > 0 ? typed.Program : typed.Command is { } command ? [shellName, "-c", command] : [shellName, "-i"];
        try
        {
            return Record(invocation, typed, program, arguments, error);
        }
        catch (AuditException exception)
        {
            return Fail(error, 1, exception.Message);
        }
    }

    static int Record(Invocation invocation, RecordOptions typed, string program, IReadOnlyList<string> arguments, Utf8Output error)
    {
        var target = RecordingTarget.Open(invocation.Host, typed);
        using AppendingFile file = target.File;
        int outer = FindTerminal();
        if (!typed.IsQuiet)
            error.Write($"akashi record: recording to {target.Path}; it ends when the session does\n");

        int exitCode;
        Signal? endedBy;
        var writer = new RecordingWriter(file) { Blocks = new CryptoBlocks() };
        using (TerminalMode? mode = TerminalMode.TryMakeRaw(0))
        using (PseudoTerminal terminal = PseudoTerminal.Open(mode, outer, EchoMode.Auto))
        {
            (int columns, int rows) = FindSize(typed, outer, terminal);
            target.Begin(writer, columns, rows);
            InputRedaction? redaction = typed.RecordsInput ? new InputRedaction(writer, columns, rows) : null;
            var recorder = new SessionRecorder(file, writer, redaction, reason => Complain(invocation, target.Path, reason));
            recorder.Begun();
            using var relay = new PtyRelay(terminal, recorder, 0, 1) { FollowsSize = typed.ColumnCount == 0 };
            relay.InputListener = typed.RecordsInput ? recorder : null;
            relay.Listen(invocation.Signals);
            using IDisposable goesOn = invocation.Signals.On(Signal.Continue, () => mode?.MakeRawAgain());
            relay.Run(program, arguments, "akashi record");
            (exitCode, endedBy) = (relay.ExitCode, relay.EndedBy);
            recorder.End(endedBy is null ? exitCode : null);
        }

        // Also with --quiet: a recording with holes must not pass for a whole one.
        if (writer.DroppedBytes > 0)
            error.Write($"akashi record: {writer.DroppedBytes} bytes are missing in {target.Path}: they came while it couldn't be written\n");
        if (file.KeptBytes > 0)
            error.Write($"akashi record: the end of {target.Path} isn't written: {file.Reason}\n");
        else if (!typed.IsQuiet)
            error.Write($"akashi record: recorded to {target.Path}, last hash {writer.LastHash}\n");
        return endedBy is { } signal ? 128 + NumberOf(signal) : file.KeptBytes > 0 ? 1 : typed.ReturnsExitCode ? exitCode : 0;
    }

    static int FindTerminal()
    {
        for (int descriptor = 0; descriptor < 3; descriptor++)
        {
            if (StandardStreams.IsTerminal(descriptor))
                return descriptor;
        }

        return 0;
    }

    static (int ColumnCount, int RowCount) FindSize(RecordOptions typed, int outer, PseudoTerminal terminal)
    {
        if (typed.ColumnCount == 0 && StandardStreams.TryGetSize(outer, out int columns, out int rows))
            return (columns, rows);
        (columns, rows) = typed.ColumnCount > 0 ? (typed.ColumnCount, typed.RowCount) : (80, 24);
        terminal.SetSize(rows, columns);
        return (columns, rows);
    }

    // In the middle of a session, whose terminal is raw: the line begins and ends by itself.
    static void Complain(Invocation invocation, string path, string? reason)
    {
        string text = reason is null
            ? $"akashi record: {path} is written again"
            : $"akashi record: cannot write {path}: {reason}; the session goes on, what can't be kept is counted";
        bool isTerminal = invocation.ErrorTerminal is not null;
        using var output = new Utf8Output(invocation.ErrorTerminal ?? invocation.Error);
        output.Write(isTerminal ? "\r\n"u8 : []);
        output.WriteEscaped(System.Text.Encoding.UTF8.GetBytes(text));
        output.Write(isTerminal ? "\r\n"u8 : "\n"u8);
    }

    static int NumberOf(Signal signal) => signal switch
    {
        Signal.Hangup => 1,
        Signal.Interrupt => 2,
        Signal.Quit => 3,
        _ => 15,
    };

    static int Fail(Utf8Output error, int exitCode, string text)
    {
        error.Write($"akashi record: {text}\n");
        return exitCode;
    }
}
