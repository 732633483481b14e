using Akashi.Host;
using Akashi.Linux.Files;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Processes;

/// <summary>A program whose process is there and waits, so that rules can be made for its number before it runs.</summary>
/// <remarks>
/// The process is a shell that reads a line from a pipe and then becomes the program: it's started by posix_spawn(3), for what fork(2) leaves of this
/// one couldn't wait. Where the pipe ends without a line, as it does when we die, the program is never run. It has our terminal, directory and
/// environment, and every signal's default.
/// </remarks>
public sealed unsafe class HeldProgram : IDisposable
{
    const string Shell = "/bin/sh";
    const string WaitThenRun = "read -r _ <&3 || exit 1; exec 3<&-; exec \"$0\" \"$@\"";

    readonly Pipe _pipe;
    bool _isReleased;

    HeldProgram(Pipe pipe, int pid)
    {
        _pipe = pipe;
        Pid = pid;
    }

    /// <summary>The number of the process, now and while the program runs.</summary>
    public int Pid { get; }

    /// <summary>Makes the process.</summary>
    /// <param name="path">The program's file; PATH is searched where it has no slash.</param>
    /// <param name="arguments">Its arguments, without its name.</param>
    /// <exception cref="AuditException">It can't be made.</exception>
    public static HeldProgram Start(string path, IReadOnlyList<string> arguments)
    {
        var pipe = Pipe.Open();
        try
        {
            using var argv = new NativeStrings(["sh", "-c", WaitThenRun, path, .. arguments]);
            int pid = DetachedProcess.StartAttached(Shell, argv, pipe.Reader);
            pipe.Reader.Dispose();
            return new HeldProgram(pipe, pid);
        }
        catch
        {
            pipe.Dispose();
            throw;
        }
    }

    /// <summary>Lets the program run.</summary>
    public void Release()
    {
        byte line = (byte)'\n';
        using (var held = new HeldDescriptor(_pipe.Writer))
            _ = write(held.Value, &line, 1);
        _pipe.Writer.Dispose();
        _isReleased = true;
    }

    /// <summary>Waits until the program has ended.</summary>
    /// <returns>Its exit code; 128 and the signal where a signal ended it.</returns>
    public int WaitForEnd()
    {
        using ProcessHandle process = ProcessHandle.Open(Pid) ?? throw new AuditException($"process {Pid} is gone");
        process.WaitForEnd(Timeout.InfiniteTimeSpan);
        DetachedProcess.TryReap(Pid, out int exitCode);
        return exitCode;
    }

    /// <summary>Ends the process, where it wasn't released.</summary>
    public void Dispose()
    {
        _pipe.Dispose();
        if (!_isReleased)
            WaitForEnd();
    }
}
