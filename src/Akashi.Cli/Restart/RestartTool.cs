using Akashi.Cli.CommandLine;
using Akashi.Control;
using Akashi.Daemon.Status;
using Akashi.Host;
using Akashi.Output;

namespace Akashi.Cli.Restart;

/// <summary><c>akashi restart</c>: has the running auditd become its program anew, as after an upgrade; no record is lost.</summary>
/// <remarks>Exit codes: 0 done; 1 refused, and the daemon goes on as before; 2 usage; 3 no service listens; 4 it isn't known.</remarks>
static class RestartTool
{
    const int Refused = 1;
    const int NobodyListens = 3;
    const int Unknown = 4;

    // The daemon's own limits (pausing, draining, the disk) and its plugins' ends, added up.
    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(120);
    static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(20);

    public static Tool Tool { get; } = new("restart", "have the running auditd become its program anew, losing nothing", Run) { Manual = MakeManual };

    static int Run(Invocation invocation)
    {
        var typed = new RestartOptions();
        using var output = new Utf8Output(invocation.Output);
        using var error = new Utf8Output(invocation.Error, FlushMode.Line);
        if (RestartOptions.Table.Parse(invocation.Arguments, typed) is { } fault)
            return WrongUsage.Refuse(invocation, "akashi restart", fault);
        if (typed.WantsHelp)
            return CommandHelp.Print(invocation, "restart");

        var client = new ControlClient(invocation.Host, typed.SocketPath);
        ServiceStatus? before = client.FindStatus(out string? refusal);
        if (before is null || !client.TryRestart(out refusal))
        {
            return refusal is null
                ? Say(error, NobodyListens, $"no service listens at {typed.SocketPath}\nhint: systemctl start auditd; where none is installed: akashi setup service")
                : Say(error, Refused, $"cannot restart the service at {typed.SocketPath}: {refusal}\nhint: root alone may ask; where it was refused for another reason, auditd --trial tells of the configuration");
        }

        return WaitFor(client, before) is not { } after
            ? Say(error, Unknown, "the service does not answer since")
            : after.Since == before.Since
            ? Say(error, Refused, "the service went on as before: the system log, or its standard error, says why")
            : Print(output, before, after);
    }

    // The one that answers before it begins is the former; one that could not become another opens its socket anew too.
    static ServiceStatus? WaitFor(ControlClient client, ServiceStatus before)
    {
        long began = System.Diagnostics.Stopwatch.GetTimestamp();
        ServiceStatus? found = null;
        while (System.Diagnostics.Stopwatch.GetElapsedTime(began) < s_limit)
        {
            if (client.FindStatus(out _) is { } status)
            {
                found = status;
                if (status.Since != before.Since || status.RestartsRefused != before.RestartsRefused)
                    return status;
            }

            Thread.Sleep(s_between);
        }

        return found;
    }

    static int Print(Utf8Output output, ServiceStatus before, ServiceStatus after)
    {
        output.Write($"{after.Program} of akashi {after.Build} (process {after.Pid}) goes on where that of {(after.Build == before.Build ? "the same version" : $"akashi {before.Build}")} stopped\n");
        return 0;
    }

    static int Say(Utf8Output error, int exitCode, string text)
    {
        error.Write($"akashi restart: {text}");
        error.EndLine();
        return exitCode;
    }

    static Manual MakeManual() => new()
    {
        Usage = ["[OPTION...]"],
        Description = """
            `akashi restart` has the running auditd become its program anew, for upgrades: the same process, the same connection to the kernel. The kernel
            notices nothing, and no record is lost: those that come meanwhile wait in the socket and in the kernel's backlog.

            The program that is installed now is tried first, with the configuration as it is now. Where it doesn't run, or the configuration has an
            error, nothing is changed. Root alone may ask.
            """,
        Options = RestartOptions.Table.Descriptions,
        ExitStatus =
        [
            ("0", "Done."),
            ("1", "Refused; the daemon goes on as before."),
            ("2", "The command line is wrong."),
            ("3", "No service listens."),
            ("4", "The service does not answer any more."),
        ],
        Files = [(ControlRequest.SocketPath, "The control socket.")],
        Examples = [("akashi restart", "After an upgrade of the package.")],
        SeeAlso = ["auditd(8)", "akashi-status(1)"],
    };
}
