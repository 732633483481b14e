using System.Text;
using Akashi.Host;
using Akashi.Linux.Terminals;
using Akashi.Output;
using Akashi.Recordings;

namespace Akashi.Cli.Scriptreplay;

/// <summary>scriptreplay: shows what script recorded, at its own pace and byte for byte; as util-linux has it.</summary>
/// <remarks>Exit codes: 0, also where the log or the timing ends early; 1 for a file that can't be read, a bad timing line, an option.</remarks>
static class ScriptreplayTool
{
    const int NameColumns = 10;
    const int BrokenPipe = 32;

    public static Tool Tool { get; } = new("scriptreplay", "show a recorded terminal session again", Run) { Manual = ScriptreplayManual.Make };

    static int Run(Invocation invocation)
    {
        using var error = new Utf8Output(invocation.Error, FlushMode.Line);
        var request = new ReplayRequest();
        string? fault = request.Take(invocation.Arguments);
        if (request.WantsHelp || request.WantsVersion)
            return Describe(request, invocation);
        if (fault is not null)
        {
            error.Write($"{invocation.Name}: {fault}\n");
            if (!request.IsValueFault && request.TimingPath is not null || fault.Contains("option", StringComparison.Ordinal))
                error.Write($"Try '{invocation.Name} --help' for more information.\n");
            return 1;
        }

        // Faithful to the bytes: a terminal gets what the recorded one got, control bytes and all.
        Stream screen = invocation.OutputIsTerminal ? new DescriptorStream(1) : invocation.Output;
        using TerminalMode? mode = invocation.OutputIsTerminal && !request.WantsSummary ? TerminalMode.TryMakeRaw(1, keepsSignals: true) : null;
        bool hasKeys = mode is not null && invocation.InputKind == FileKind.Terminal;
        using IDisposable interrupt = Ending(invocation, Signal.Interrupt, mode);
        using IDisposable terminate = Ending(invocation, Signal.Terminate, mode);
        using IDisposable hangup = Ending(invocation, Signal.Hangup, mode);
        fault = Replay(request, screen, new ReplayPace(request.Pace.Divisor, request.Pace.DelayMax, hasKeys), mode);
        if (fault is null)
            return 0;
        error.Write($"{invocation.Name}: {fault}\n");
        return 1;
    }

    static IDisposable Ending(Invocation invocation, Signal signal, TerminalMode? mode) => invocation.Signals.On(signal, () =>
    {
        mode?.Dispose();
        const int SignalBase = 128;
        Environment.Exit(SignalBase + signal switch { Signal.Hangup => 1, Signal.Interrupt => 2, _ => 15 });
    });

    static string? Replay(ReplayRequest request, Stream screen, ReplayPace pace, TerminalMode? mode)
    {
        ReplayLog? output = null, input = null, shown = null;
        try
        {
            using FileStream timing = ReplayLog.OpenFile(request.TimingPath!);
            output = request.OutputPath is null ? null : new ReplayLog(request.OutputPath);
            input = request.InputPath is null ? null : request.InputPath == request.OutputPath ? output : new ReplayLog(request.InputPath);
            var reader = new TimingReader(timing, request.OutputPath is null ? TimingKind.Input : TimingKind.Output);
            string? fault = request.WantsSummary
                ? Summarise(reader, request.TimingPath!, screen)
                : Show(request, reader, output, input, screen, pace, isRaw: mode is not null, ref shown);
            // The last line end is the usual terminal's.
            mode?.Dispose();
            if (fault is null)
                ReplayLog.Write(screen, "\n"u8);
            return fault;
        }
        catch (OutputClosedException exception) when (exception.InnerException?.HResult != BrokenPipe)
        {
            string reason = FileFault.Describe(exception.InnerException!);
            return shown is null ? $"write error: {reason}" : $"{shown.Path}: log file error: {reason}";
        }
        catch (AuditException exception)
        {
            return exception.Message;
        }
        catch (IOException exception)
        {
            return $"cannot read {(shown?.Path ?? request.TimingPath)}: {FileFault.Describe(exception)}";
        }
        finally
        {
            mode?.Dispose();
            output?.Dispose();
            input?.Dispose();
        }
    }

    static string? Show(ReplayRequest request, TimingReader reader, ReplayLog? output, ReplayLog? input, Stream screen, ReplayPace pace, bool isRaw, ref ReplayLog? shown)
    {
        long delay = 0;
        while (true)
        {
            TimingFault fault = reader.TryRead(out TimingEntry entry);
            if (fault != TimingFault.None)
                return fault == TimingFault.End ? null : Malformed(request.TimingPath!, reader);
            delay += entry.DelayMicroseconds;
            bool isWanted = request.Streams.Contains(entry.Kind);
            if (isWanted)
            {
                pace.Wait(delay);
                delay = 0;
            }

            if (entry.Kind is TimingKind.Signal or TimingKind.Header)
            {
                shown = null;
                if (isWanted)
                    WriteNamed(entry, screen, isRaw);
                continue;
            }

            ReplayLog? log = entry.Kind == TimingKind.Input ? input : output;
            bool changes = request.Returns == CarriageReturns.Always || (request.Returns == CarriageReturns.Auto && entry.Kind == TimingKind.Input);
            bool isShared = input is not null && input == output;
            shown = log;
            if (log is not null && (isWanted || isShared) && !log.TryCopy(entry.Size, isWanted ? screen : Stream.Null, changes))
                return null;
        }
    }

    static string? Summarise(TimingReader reader, string path, Stream screen)
    {
        while (true)
        {
            TimingFault fault = reader.TryRead(out TimingEntry entry);
            if (fault != TimingFault.None)
                return fault == TimingFault.End ? null : Malformed(path, reader);
            if (entry.Kind == TimingKind.Header)
                WriteNamed(entry, screen, isRaw: false);
        }
    }

    // On a raw terminal a line feed alone doesn't go back to the first column.
    static void WriteNamed(TimingEntry entry, Stream screen, bool isRaw)
    {
        bool isHeader = entry.Kind == TimingKind.Header;
        byte[] blanks = [.. Enumerable.Repeat((byte)' ', isHeader ? Math.Max(0, NameColumns - entry.Name.Length) : 0)];
        ReplayLog.Write(screen, [.. blanks, .. entry.Name, .. isHeader ? ": "u8 : " "u8, .. entry.Value, .. isRaw ? "\r\n"u8 : "\n"u8]);
    }

    static string Malformed(string path, TimingReader reader) => $"{path}: line {reader.LineNumber + 1}: timing file error";

    static int Describe(ReplayRequest request, Invocation invocation)
    {
        using var output = new Utf8Output(invocation.Output);
        if (request.WantsVersion)
            output.Write($"scriptreplay from akashi {Version.Text}, as of util-linux 2.38.1\n");
        else
        {
            output.Write("\nUsage:\n scriptreplay [options]\n scriptreplay [-t] timingfile [typescript] [divisor]\n\n"
                + "Play back terminal typescripts, using timing information.\n\n");
            ReplayRequest.Table.WriteHelp(output);
            output.Write("\nFor more details see scriptreplay(1).\n");
        }

        return 0;
    }
}
