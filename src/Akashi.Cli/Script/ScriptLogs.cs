using System.Diagnostics;
using System.Text;
using Akashi.Host;
using Akashi.Linux.Terminals;
using Akashi.Recordings;

namespace Akashi.Cli.Script;

/// <summary>The files of one run of script: logs of what was shown and typed, and the timing file.</summary>
sealed class ScriptLogs : IRelayListener, IDisposable
{
    readonly ScriptRequest _request;
    readonly SessionFacts _facts;
    readonly Dictionary<string, RecordingFile> _files = [];
    readonly List<RecordingFile> _outputs = [];
    readonly List<RecordingFile> _inputs = [];
    readonly byte[] _line = new byte[TimingWriter.LineLengthMax];
    readonly long _started = Stopwatch.GetTimestamp();
    RecordingFile? _timing;
    TimingFormat _format;
    long _last;
    ulong _written;

    public ScriptLogs(ScriptRequest request, SessionFacts facts)
    {
        _request = request;
        _facts = facts;
        _last = _started;
    }

    public bool IsFull => _request.SizeMax > 0 && _written >= _request.SizeMax;

    public int MillisecondsLeft
    {
        get
        {
            int least = _timing?.MillisecondsLeft ?? -1;
            foreach (RecordingFile file in _files.Values)
            {
                int left = file.MillisecondsLeft;
                least = left >= 0 && (least < 0 || left < least) ? left : least;
            }

            return least;
        }
    }

    /// <summary>Opens the files and writes their beginnings.</summary>
    /// <exception cref="AuditException">One can't be opened.</exception>
    public void Open()
    {
        _format = _request.Format
            ?? (_request.InputPaths.Count > 0 ? TimingFormat.Advanced : TimingFormat.Classic);
        TimingGap gap = TimingGap.None;
        if (_request.Appends && _request.TimingPath is { } before)
        {
            gap = TimingGap.Measure(before, _request.OutputPaths.FirstOrDefault(), _request.InputPaths.FirstOrDefault(), _format);
            _format = gap.Format;
        }

        OpenAll(_request.OutputPaths, _outputs);
        OpenAll(_request.InputPaths, _inputs);
        if (!_request.HasTiming)
            return;
        _timing = _request.TimingPath is { } path ? RecordingFile.Open(path, _request.Appends) : RecordingFile.StandardError();
        if (_format == TimingFormat.Advanced)
            WriteHeaders();
        bool isShared = _inputs.Count > 0 && _outputs.Count > 0 && _inputs[0] == _outputs[0];
        if (gap.OutputLength > 0)
            WriteTiming(TimingKind.Output, 0, gap.OutputLength + _facts.Header.Length);
        if (gap.InputLength > 0 && !isShared)
            WriteTiming(TimingKind.Input, 0, gap.InputLength + _facts.Header.Length);
    }

    public void Shown(ReadOnlySpan<byte> bytes) => Record(_outputs, TimingKind.Output, bytes);

    public void Typed(ReadOnlySpan<byte> bytes) => Record(_inputs, TimingKind.Input, bytes);

    public void Resized(int rowCount, int columnCount) => WriteSignal("SIGWINCH", $"ROWS={rowCount} COLS={columnCount}");

    public void Interrupted(Signal signal) => WriteSignal(
        signal switch
        {
            Signal.Interrupt => "SIGINT",
            Signal.Quit => "SIGQUIT",
            Signal.Hangup => "SIGHUP",
            _ => "SIGTERM",
        },
        "");

    public void Flush()
    {
        foreach (RecordingFile file in _files.Values)
            file.Flush();
        _timing?.Flush();
    }

    /// <summary>The files that couldn't be written, with the reason each.</summary>
    public IEnumerable<string> WriteFaults()
    {
        Flush();
        foreach (RecordingFile file in _timing is null ? _files.Values : _files.Values.Append(_timing))
        {
            if (file.Errno != 0)
                yield return $"{file.Path}: {file.Reason}";
        }
    }

    /// <summary>Writes the ends.</summary>
    /// <param name="exitCode">The session's.</param>
    /// <param name="isFull">Whether the files got too large.</param>
    public void Close(int exitCode, bool isFull)
    {
        byte[] trailer = _facts.MakeTrailer(exitCode, isFull);
        foreach (RecordingFile file in _files.Values)
            file.Write(trailer);
        if (_timing is not null && _format == TimingFormat.Advanced)
        {
            long whole = (long)Stopwatch.GetElapsedTime(_started).TotalMicroseconds;
            WriteHeader("DURATION", $"{whole / 1_000_000}.{whole % 1_000_000:000000}");
            WriteHeader("EXIT_CODE", $"{exitCode}");
        }
    }

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        foreach (RecordingFile file in _files.Values)
            file.Dispose();
        _timing?.Dispose();
    }

    void OpenAll(List<string> paths, List<RecordingFile> files)
    {
        foreach (string path in paths)
        {
            if (!_files.TryGetValue(path, out RecordingFile? file))
            {
                file = _request.HasUnnamedOutput ? RecordingFile.OpenUnnamed(path, _request.Appends) : RecordingFile.Open(path, _request.Appends);
                _files.Add(path, file);
                file.Write(_facts.Header);
                if (_request.FlushesEach)
                    file.Flush();
            }

            files.Add(file);
        }
    }

    void Record(List<RecordingFile> files, TimingKind kind, ReadOnlySpan<byte> bytes)
    {
        if (files.Count == 0)
            return;
        foreach (RecordingFile file in files)
        {
            file.Write(bytes);
            _written += (uint)bytes.Length;
        }

        if (_timing is not null)
            WriteTiming(kind, TakeDelay(), bytes.Length);
        if (_request.FlushesEach)
            Flush();
    }

    long TakeDelay()
    {
        long now = Stopwatch.GetTimestamp();
        long delay = (long)Stopwatch.GetElapsedTime(_last, now).TotalMicroseconds;
        _last = now;
        return delay;
    }

    void WriteTiming(TimingKind kind, long delayMicroseconds, long size)
    {
        int length = TimingWriter.WriteBytes(_line, _format, kind, delayMicroseconds, size);
        _timing!.Write(_line.AsSpan(0, length));
        _written += (uint)length;
    }

    void WriteSignal(string name, string value)
    {
        if (_timing is not null && _format == TimingFormat.Advanced)
            _timing.Write(TimingWriter.MakeNamed(TimingKind.Signal, TakeDelay(), name, value));
    }

    void WriteHeader(string name, string? value)
    {
        if (value is not null)
            _timing!.Write(TimingWriter.MakeNamed(TimingKind.Header, 0, name, value));
    }

    void WriteHeaders()
    {
        WriteHeader("START_TIME", _facts.StartTime);
        if (_facts.IsOnTerminal)
        {
            WriteHeader("TERM", _facts.TerminalType);
            WriteHeader("TTY", _facts.TerminalPath);
            WriteHeader("COLUMNS", $"{_facts.ColumnCount}");
            WriteHeader("LINES", $"{_facts.RowCount}");
        }

        WriteHeader("SHELL", _facts.Shell);
        WriteHeader("COMMAND", _request.Command);
        WriteHeader("TIMING_LOG", _timing!.Path);
        WriteHeader("OUTPUT_LOG", _request.OutputPaths.FirstOrDefault());
        WriteHeader("INPUT_LOG", _request.InputPaths.FirstOrDefault());
    }
}
