using System.Globalization;
using Akashi.Cli.Autrace;
using Akashi.Cli.Borrowing;
using Akashi.Cli.Live;
using Akashi.Events;
using Akashi.Host;
using Akashi.Linux.Processes;
using Akashi.Live;
using Akashi.Output;
using Akashi.Rules;

namespace Akashi.Cli.Trace;

/// <summary>One traced run.</summary>
/// <remarks>
/// <code>
/// borrow    the kernel's audit, and follow it: what happens from here on is seen
/// hold      the process is there and waits: two rules for its number, before all others
/// run       its events are made readable as they come, into a file without a name: the terminal is the program's
/// end       rules go; the kernel says so after the last event; the result is shown, and everything is put back
/// </code>
/// </remarks>
sealed class TraceRun(Invocation invocation, TraceOptions typed, BorrowingPlace place)
{
    static readonly TimeSpan s_restTimeout = TimeSpan.FromSeconds(5);

    readonly IHost _host = invocation.Host;

    /// <summary>Runs a program.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="AuditException">It can't be traced, and wasn't run.</exception>
    public int Run(string path, Utf8Output error)
    {
        using FileStream? save = typed.SavePath is null ? null : Open(typed.SavePath);
        using Stream result = typed.OutputPath is null ? OpenUnnamed() : Open(typed.OutputPath);
        using BorrowedKernel kernel = BorrowedKernel.Borrow(_host, place);
        CheckTaskList(kernel);
        kernel.SwitchOn();
        using KernelFollower follower = kernel.Follow();
        using HeldProgram program = HeldProgram.Start(path, typed.Command[1..]);
        string key = string.Create(CultureInfo.InvariantCulture, $"akashi-trace-{program.Pid}");
        AddRules(kernel, program.Pid, key);
        var traced = new TracedProgram(program.Pid, key, RuleCommands.HostMachine.Of(_host));
        int exitCode = Follow(kernel, follower, program, traced, result, save);
        ShowResult(result, error);
        Summarise(kernel, follower, traced, program.Pid, exitCode, error);
        return exitCode;
    }

    int Follow(BorrowedKernel kernel, KernelFollower follower, HeldProgram program, TracedProgram traced, Stream result, Stream? save)
    {
        using var output = new Utf8Output(result, FlushMode.Block, EscapeMode.Raw);
        var view = new LiveView(_host, output, isTerminal: false, hasColors: false) { NamesDoerShortly = true };
        using IDisposable interrupt = invocation.Signals.On(Signal.Interrupt, () => { });
        using IDisposable terminate = invocation.Signals.On(Signal.Terminate, () => _host.SendSignal(program.Pid, Signal.Terminate, default));
        using IDisposable hangup = invocation.Signals.On(Signal.Hangup, () => _host.SendSignal(program.Pid, Signal.Hangup, default));
        program.Release();
        Task<int> ending = Task.Run(program.WaitForEnd);
        _ = ending.ContinueWith(_ => follower.Wake(), TaskScheduler.Default);
        while (!ending.IsCompleted)
        {
            if (follower.TryNext(TimeSpan.FromSeconds(1), out AuditEvent? next))
                Take(next, traced, view, save);
        }

        int ruleCount = kernel.TakeRulesBack();
        long began = _host.Clock.GetTimestamp();
        while (traced.RemovedRules < ruleCount && _host.Clock.GetElapsedTime(began) < s_restTimeout)
        {
            if (follower.TryNext(TimeSpan.FromSeconds(1), out AuditEvent? next))
                Take(next, traced, view, save);
        }

        follower.Flush();
        while (follower.TryNext(TimeSpan.Zero, out AuditEvent? next))
            Take(next, traced, view, save);
        return ending.Result;
    }

    static void Take(AuditEvent auditEvent, TracedProgram traced, LiveView view, Stream? save)
    {
        if (!traced.Take(auditEvent))
            return;
        view.Write(auditEvent);
        for (int index = 0; save is not null && index < auditEvent.Count; index++)
        {
            save.Write(auditEvent[index].Line);
            save.WriteByte((byte)'\n');
        }
    }

    // No rule sees a process of which the task list says that it has no audit context.
    static void CheckTaskList(BorrowedKernel kernel)
    {
        bool isNever = kernel.Before.Rules.Any(bytes => RuleDecoder.TryDecode(bytes, out Rule? rule, out _)
            && rule is { List: FilterList.Task, Action: RuleAction.Never });
        if (isNever)
            throw new AuditException("a rule on the task list (-a never,task) keeps new processes from being recorded (auditctl -d never,task takes it away)");
    }

    void AddRules(BorrowedKernel kernel, int pid, string key)
    {
        byte[][] rules = [.. ((string[])["pid", "ppid"]).Select(field =>
            TraceRules.Make(_host, string.Create(CultureInfo.InvariantCulture, $"{field}={pid}"), typed.IsLimited, isPrepended: true, key))];
        kernel.Announce(rules, backlogWaitTime: null);
        foreach (byte[] rule in rules)
            kernel.Add(rule);
    }

    void ShowResult(Stream result, Utf8Output error)
    {
        if (typed.OutputPath is not null)
            return;
        error.Flush();
        result.Position = 0;
        result.CopyTo(invocation.Error);
    }

    void Summarise(BorrowedKernel kernel, KernelFollower follower, TracedProgram traced, int pid, int exitCode, Utf8Output error)
    {
        Say($"{traced.Events} system calls of {traced.ProcessCount} {(traced.ProcessCount == 1 ? "process" : "processes")}, exit code {exitCode}");
        uint lost = kernel.Kernel.GetStatus().Lost - kernel.Before.Status.Lost;
        if (lost > 0 || follower.Overruns > 0)
            Say($"not all of them: the kernel lost {lost} records, and dropped some {follower.Overruns} times for this reader");
        if (typed.SavePath is { } path)
            Say($"you can locate the records with 'ausearch -i -if {path}'");
        else if (kernel.Owner is not null)
            Say($"you can locate the records with 'ausearch -i -k akashi-trace-{pid}'");
        else
            Say("nobody records on this machine, so the records are not kept: akashi trace --save FILE keeps them");

        void Say(string text) => error.Write($"akashi trace: {text}\n");
    }

    // Unlinked at once: nobody reads along, and nothing is left behind however we end.
    static FileStream OpenUnnamed()
    {
        string directory = Directory.CreateTempSubdirectory("akashi-trace-").FullName;
        var stream = new FileStream(Path.Combine(directory, "result"), FileMode.CreateNew, FileAccess.ReadWrite);
        Directory.Delete(directory, recursive: true);
        return stream;
    }

    static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.ReadWrite,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AuditException($"cannot write {path}: {FileFault.Describe(exception)}", exception);
        }
    }
}
