using Akashi.Host;
using Akashi.Linux.Files;
using Akashi.Linux.Processes;

namespace Akashi.Daemon.Plugins;

/// <summary>The program behind a filter: reads lines on standard input, as a plugin does.</summary>
sealed class FilterTarget : IDisposable
{
    static readonly TimeSpan s_endWait = TimeSpan.FromSeconds(1);

    readonly IFiles _files;
    readonly string _path;
    readonly Pipe _pipe = Pipe.OpenSockets();
    readonly ProcessHandle _child;

    /// <summary>Starts it.</summary>
    /// <exception cref="AuditException">It can't be started.</exception>
    public FilterTarget(IFiles files, IReadOnlyList<string> command)
    {
        _files = files;
        _path = command[0];
        try
        {
            int pid = DetachedProcess.StartReader(_path, command, [], _pipe.Reader, keepsOutput: true);
            _pipe.Reader.Dispose();
            _child = ProcessHandle.Open(pid)!;
        }
        catch
        {
            _pipe.Dispose();
            throw;
        }
    }

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _child.WaitForEnd(TimeSpan.Zero);

    /// <summary>Writes; waits as long as it doesn't read.</summary>
    /// <returns>False where it has ended, or closed its input.</returns>
    public bool TryWrite(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _files.Append(_pipe.Writer, bytes, _path);
            return true;
        }
        catch (TrailException)
        {
            return false;
        }
    }

    /// <summary>Any thread: ends one that doesn't end by itself.</summary>
    public void Terminate()
    {
        _child.TrySend(Signal.Terminate);
        if (!_child.WaitForEnd(s_endWait))
            _child.Kill();
    }

    /// <summary>Closes its input and waits for its end.</summary>
    public void Dispose()
    {
        _pipe.Dispose();
        if (!_child.WaitForEnd(s_endWait))
            Terminate();
        _child.WaitForEnd(Timeout.InfiniteTimeSpan);
        DetachedProcess.TryReap(_child.Pid, out _);
        _child.Dispose();
    }
}
