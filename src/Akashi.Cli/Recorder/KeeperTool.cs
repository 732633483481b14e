using System.Globalization;
using System.Text;
using Akashi.Daemon.Recorder;
using Akashi.Host;
using Akashi.Linux.Processes;
using Akashi.Linux.Sockets;
using Akashi.Linux.Terminals;
using Akashi.Recordings;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Cli.Recorder;

/// <summary><c>akashi recorder-keeper</c>: holds the terminals of one recorded session, and writes it down. The recorder service starts it; docs/recorder.md.</summary>
/// <remarks>
/// Its user is its own: so keepers can't signal one another, nor change each other's limits. As that user it owns the login's terminal for the time of the session.
/// Descriptors: 3 the login's connection, 4 its terminal, 5 and 6 the session's own (master, slave), 7 the file, 8 what stands in the header. As root only until the terminal is ours.
/// </remarks>
static class KeeperTool
{
    const int ConnectionDescriptor = 3;
    const int OuterDescriptor = 4;
    const int MasterDescriptor = 5;
    const int SlaveDescriptor = 6;
    const int FileDescriptor = 7;
    const int FactsDescriptor = 8;
    const string Name = "akashi recorder";

    public static Tool Tool { get; } = new("recorder-keeper", "hold the terminals of one recorded session", Run) { IsInternal = true };

    static int Run(Invocation invocation)
    {
        Dictionary<string, string> facts = ReadFacts();
        if (!uint.TryParse(facts.GetValueOrDefault(":uid"), CultureInfo.InvariantCulture, out uint uid)
            || !uint.TryParse(facts.GetValueOrDefault(":gid"), CultureInfo.InvariantCulture, out uint gid))
            return 2;

        // The owner of a terminal gets SIGHUP with its end, also before and after the relay listens to it.
        invocation.Signals.Ignore(Signal.Hangup);
        using var outer = new SafeFileHandle(OuterDescriptor, ownsHandle: true);
        using MessageSocket connection = MessageSocket.Adopt(new SafeFileHandle(ConnectionDescriptor, ownsHandle: true));
        string? refused = KeeperProcess.TryTakeTerminal(outer) ?? KeeperProcess.TryOwn(outer, uid);
        KeeperProcess.DropRights(uid, gid);
        using AppendingFile file = AppendingFile.Adopt(new SafeFileHandle(FileDescriptor, ownsHandle: true));
        using TerminalMode? mode = refused is null ? TerminalMode.TryMakeRaw(OuterDescriptor) : null;
        if (mode is null)
        {
            connection.TrySend(Encoding.UTF8.GetBytes($"refused: the terminal can't be taken: {refused ?? "it is gone"}"));
            return 1;
        }

        bool isKept = Keep(invocation, facts, file, connection, mode);
        mode.Dispose();
        outer.Dispose();
        if (!isKept)
            return RecorderService.UnwaitedExitCode;
        connection.TrySend("done"u8);
        return file.KeptBytes > 0 ? 1 : 0;
    }

    // False where the login side is gone by then: its file isn't ended, so that nobody takes it for a session's.
    static bool Keep(Invocation invocation, Dictionary<string, string> facts, AppendingFile file, MessageSocket connection, TerminalMode mode)
    {
        using PseudoTerminal inner = PseudoTerminal.Adopt(
            new SafeFileHandle(MasterDescriptor, ownsHandle: true), new SafeFileHandle(SlaveDescriptor, ownsHandle: true), mode, OuterDescriptor);
        if (!StandardStreams.TryGetSize(OuterDescriptor, out int columns, out int rows))
            inner.SetSize(rows = 24, columns = 80);
        var writer = new RecordingWriter(file);
        writer.Begin(MakeHeader(facts, columns, rows));
        var recorder = new SessionRecorder(file, writer, redaction: null, reason => invocation.Host.Log(Name, reason is null
            ? "a recording is written again"
            : $"cannot write a recording: {reason}; its session goes on, what can't be kept is counted"),
            new RecordingBudget(NumberOf(facts, ":rate"), NumberOf(facts, ":burst"), NumberOf(facts, ":size")));
        recorder.Begun();
        using var session = new LoginSession(connection);
        using var relay = new PtyRelay(inner, recorder, OuterDescriptor, OuterDescriptor);
        relay.Listen(invocation.Signals);
        recorder.Pace = new FlushPace();
        if (!connection.TrySend(Encoding.UTF8.GetBytes("recorded " + inner.Path), inner.SlaveHandle))
            return false;
        relay.Run(session);
        recorder.End(session.IsExitKnown && relay.EndedBy is null ? relay.ExitCode : null);
        return true;
    }

    static RecordingHeader MakeHeader(Dictionary<string, string> facts, int columns, int rows) => new()
    {
        ColumnCount = columns,
        RowCount = rows,
        TerminalType = Filled(facts, ":term"),
        UnixSeconds = long.TryParse(facts.GetValueOrDefault(":time"), CultureInfo.InvariantCulture, out long seconds) ? seconds : null,
        Command = Filled(facts, ":command"),
        Session = [.. facts.Where(fact => fact.Key[0] != ':').Select(fact => (fact.Key, fact.Value))],
        IsChained = true,
    };

    static long NumberOf(Dictionary<string, string> facts, string name) =>
        long.TryParse(facts.GetValueOrDefault(name), CultureInfo.InvariantCulture, out long number) ? number : 0;

    static string? Filled(Dictionary<string, string> facts, string name) => facts.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    // NAME, NUL, VALUE, NUL, in the header's order.
    static Dictionary<string, string> ReadFacts()
    {
        using var pipe = new FileStream(new SafeFileHandle(FactsDescriptor, ownsHandle: true), FileAccess.Read, bufferSize: 0);
        using var reader = new StreamReader(pipe, Encoding.UTF8);
        string[] parts = reader.ReadToEnd().Split('\0');
        var facts = new Dictionary<string, string>();
        for (int index = 0; index + 1 < parts.Length; index += 2)
            facts[parts[index]] = parts[index + 1];
        return facts;
    }
}
