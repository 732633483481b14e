using Akashi.Cli.Borrowing;
using Akashi.Cli.CommandLine;
using Akashi.Host;
using Akashi.Linux.Files;
using Akashi.Output;

namespace Akashi.Cli.Trace;

/// <summary><c>akashi trace</c>: runs a program and says what it and its children did, from the kernel's audit.</summary>
/// <remarks>
/// Beside autrace: rules that are loaded stay, and come after those for the program; the result is readable at once; the exit code is the program's.
/// Exit codes of its own are 2 for wrong usage, as everywhere, and those of nohup(1) and timeout(1): 125 where it can't be traced, 126 where it can't be run, 127 where there is no such program.
/// </remarks>
static class TraceTool
{
    const int CannotTrace = 125;
    const int CannotRun = 126;
    const int NotFound = 127;

    public static Tool Tool { get; } = new("trace", "run a program and show what it does", invocation => Run(invocation)) { Manual = TraceManual.Make };

    /// <summary>Runs it.</summary>
    /// <param name="invocation">Streams, machine, arguments.</param>
    /// <param name="place">Where what is borrowed is written down; null for the usual place.</param>
    internal static int Run(Invocation invocation, BorrowingPlace? place = null)
    {
        using var error = new Utf8Output(invocation.Error, FlushMode.Line);
        var typed = new TraceOptions();
        if (typed.Parse(invocation.Arguments) is { } fault)
            return WrongUsage.Refuse(invocation, "akashi trace", fault);
        if (typed.WantsHelp)
            return CommandHelp.Print(invocation, "trace");
        if (typed.Command.Count == 0)
            return WrongUsage.Refuse(invocation, "akashi trace", "no program is named", "akashi trace PROGRAM [ARGUMENT...]");
        string name = typed.Command[0];
        string? path = ProgramPath.Find(invocation.Host.Files, name);
        if (path is null)
            return Fail(error, NotFound, $"cannot find {name}: No such file or directory");
        if (ProgramPath.FindFault(invocation.Host.Files, path) is { } why)
            return Fail(error, CannotRun, $"cannot run {path}: {why}");
        if (place is null && invocation.Host.Process.Uid != 0)
            return Fail(error, CannotTrace, "only root can trace\nhint: sudo akashi trace …");
        try
        {
            return new TraceRun(invocation, typed, place ?? new BorrowingPlace(typed.LockPath)).Run(path, error);
        }
        catch (KernelRequestException exception)
        {
            return Fail(error, CannotTrace, exception.Message);
        }
        catch (AuditException exception)
        {
            return Fail(error, CannotTrace, exception.Message);
        }
    }

    static int Fail(Utf8Output error, int exitCode, string text)
    {
        error.Write($"akashi trace: {text}\n");
        return exitCode;
    }
}
