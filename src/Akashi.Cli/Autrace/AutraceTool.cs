using System.Text;
using Akashi.Cli.RuleCommands;
using Akashi.Diagnostics;
using Akashi.Host;
using Akashi.Linux.Processes;
using Akashi.Output;
using Akashi.Rules;
using Akashi.Tables;

namespace Akashi.Cli.Autrace;

/// <summary>The tool autrace, as audit-userspace had it up to 3.1: records the system calls of one program and of its children.</summary>
/// <remarks>Exit codes: 0, whatever the program returned; 1 where it can't be traced; 4 without the right to change rules.</remarks>
static class AutraceTool
{
    const int OperationNotPermitted = 1;
    const int ConnectionRefused = 111;
    const int ProtocolNotSupported = 93;

    /// <summary>The row for the registry.</summary>
    public static Tool Tool { get; } = new("autrace", "run a program and record its system calls", Run) { Manual = AutraceManual.Make };

    static int Run(Invocation invocation)
    {
        using var output = new Utf8Output(invocation.Output, FlushMode.Line);
        using var error = new Utf8Output(invocation.Error, FlushMode.Line);
        bool isLimited = invocation.Arguments is ["-r", ..];
        string[] command = [.. invocation.Arguments.Skip(isLimited ? 1 : 0)];
        if (command.Length == 0)
            return Fail(error, "usage: autrace [-r] program");
        if (FindFault(invocation.Host.Files, command[0]) is { } fault)
            return Fail(error, fault);

        try
        {
            using IAuditKernel kernel = invocation.Host.OpenAuditKernel();
            if (kernel.ListRules().Count > 0)
            {
                return Fail(error, "autrace cannot be run with rules loaded.\n"
                    + "Please delete all rules using 'auditctl -D' if you really wanted to\nrun this command.");
            }
            return Trace(invocation, kernel, command, isLimited, output, error);
        }
        catch (KernelRequestException exception) when (exception.Errno == OperationNotPermitted)
        {
            Fail(error, "You must be root or have capabilities to run this program.");
            return 4;
        }
        catch (KernelRequestException exception) when (exception.Errno is ConnectionRefused or ProtocolNotSupported)
        {
            return Fail(error, "The audit system is disabled");
        }
    }

    static int Trace(
        Invocation invocation, IAuditKernel kernel, string[] command, bool isLimited, Utf8Output output, Utf8Output error)
    {
        // Ctrl-C is for the program; the rules have to go all the same.
        using IDisposable interrupt = invocation.Signals.On(Signal.Interrupt, () => { });
        using IDisposable terminate = invocation.Signals.On(Signal.Terminate, () => { });
        using IDisposable hangup = invocation.Signals.On(Signal.Hangup, () => { });
        using HeldProgram program = HeldProgram.Start(command[0], command[1..]);
        if (invocation.OutputIsTerminal)
            Say(output, $"Waiting to execute: {command[0]}");

        var rules = new List<byte[]>();
        try
        {
            foreach (string field in (string[])["pid", "ppid"])
            {
                byte[] rule = TraceRules.Make(invocation.Host, $"{field}={program.Pid}", isLimited);
                kernel.AddRule(rule);
                rules.Add(rule);
            }
            program.Release();
            program.WaitForEnd();
            Say(output, "Cleaning up...");
        }
        catch (KernelRequestException exception) when (rules.Count < 2)
        {
            return Fail(error, $"Error inserting audit rule for {command[0]} ({exception.Reason})");
        }
        finally
        {
            Delete(kernel, rules, error);
        }
        Say(output, $"Trace complete. You can locate the records with 'ausearch -i -p {program.Pid}'");
        return 0;
    }

    static void Delete(IAuditKernel kernel, List<byte[]> rules, Utf8Output error)
    {
        foreach (byte[] rule in rules)
        {
            try
            {
                kernel.DeleteRule(rule);
            }
            catch (KernelRequestException exception)
            {
                Fail(error, $"Error deleting rule ({exception.Reason})");
            }
        }
    }

    // PATH isn't searched: the original looks at the very name first.
    static string? FindFault(IFiles files, string path) => files.KindOf(path) switch
    {
        FileKind.Missing => $"Error - can't find: {path}",
        FileKind.Directory => $"Error checking {path} (Is a directory)",
        _ when (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) == 0 =>
            $"Error checking {path} (Permission denied)",
        _ => null,
    };

    static void Say(Utf8Output output, string text)
    {
        output.Write(text);
        output.EndLine();
    }

    static int Fail(Utf8Output error, string text)
    {
        Say(error, text);
        return 1;
    }
}
