using Akashi.Cli.CommandLine;
using Akashi.Control;
using Akashi.Daemon.Status;
using Akashi.Host;
using Akashi.Output;

namespace Akashi.Cli.Hosts;

/// <summary><c>akashi hosts</c>: whose records this machine receives, when they were last heard, how far behind they are.</summary>
/// <remarks>Exit codes: 0 told or done; 1 a host is silent; 2 usage; 3 no service listens; 4 the service refuses: nothing is known.</remarks>
static class HostsTool
{
    const int Silent = 1;
    const int NobodyListens = 3;
    const int Refused = 4;

    public static Tool Tool { get; } = new("hosts", "whose records this machine receives, and who has fallen silent", Run) { Manual = MakeManual };

    // strerror(3) of EACCES, from connect(2).
    const string PermissionDenied = "Permission denied";

    static int Run(Invocation invocation)
    {
        var typed = new HostsOptions();
        using var output = new Utf8Output(invocation.Output);
        using var error = new Utf8Output(invocation.Error, FlushMode.Line);
        if (HostsOptions.Table.Parse(invocation.Arguments, typed) is { } fault)
            return WrongUsage.Refuse(invocation, "akashi hosts", fault);
        if (typed.WantsHelp)
            return CommandHelp.Print(invocation, "hosts");

        var client = new ControlClient(invocation.Host, typed.SocketPath);
        string? refusal;
        if (typed.Forgotten is { } node)
            return client.TryForget(node, out refusal) ? 0 : SayRefusal(error, refusal, typed);
        if (client.FindHosts(out refusal) is not { } hosts)
            return SayRefusal(error, refusal, typed);
        Print(output, [.. hosts.Where(host => host.IsSilent || !typed.IsSilentOnly).OrderBy(host => host.Node, StringComparer.Ordinal)], invocation.Host.Clock.GetUtcNow(), typed);
        return hosts.Any(host => host.IsSilent) ? Silent : 0;
    }

    static void Print(Utf8Output output, IReadOnlyList<HostStatus> hosts, DateTimeOffset now, HostsOptions typed)
    {
        if (typed.IsJson)
            output.Write(HostsJson.Write(hosts, now));
        else if (hosts.Count == 0)
            output.Write(typed.IsSilentOnly ? "no host is silent\n"u8 : "no host has sent a record yet\n"u8);
        else
            new HostsTable(output, now).Print(hosts);
    }

    static int SayRefusal(Utf8Output error, string? refusal, HostsOptions typed) => refusal is null
        ? Say(error, NobodyListens, $"no service listens at {typed.SocketPath}\nhint: systemctl start auditd; where none is installed: akashi setup service")
        : Say(error, Refused, refusal == PermissionDenied ? $"the service at {typed.SocketPath} can't be asked: {refusal}\nhint: root may, and the members of its group" : refusal);

    static int Say(Utf8Output error, int exitCode, string text)
    {
        error.Write($"akashi hosts: {text}");
        error.EndLine();
        return exitCode;
    }

    static Manual MakeManual() => new()
    {
        Usage = ["[OPTION...]"],
        Description = """
            Tells whose records auditd receives (`tcp_listen_port` of auditd.conf): the node, the address and program that sends, when it was last heard, records a second, the lag (from
            the stamp of its last event to its arrival), and what is wrong. Only what is known is told: a gap in the numbers of a host's events is no loss by itself. `lost` is what the
            host itself said that it lost, in its DAEMON_ERR records and, from a sender of Akashi, in its heartbeats. The clock's difference is told where the sender is Akashi's and sends
            heartbeats; the way here is in it.

            A host of which records came and that has no connection open is `not connected`: after `akashi setup remote`, whose record comes by a connection of its own, until its sender's is open.

            A host is silent where nothing of it, heartbeats neither, came for `node_silent_after` of akashi.conf; the trail says so, op=node-silent, and op=node-back once it is heard again.

            With `node_log_dir`, a node's name belongs to the sender that used it first. What others send under it has a row of its own, `@ADDRESS`. Where a machine has got another
            address, `akashi hosts --forget NODE` lets the next sender have the name; root alone may.
            """,
        Options = HostsOptions.Table.Descriptions,
        ExitStatus =
        [
            ("0", "Told, and no host is silent; or forgotten."),
            ("1", "A host is silent."),
            ("2", "The command line is wrong."),
            ("3", "No service listens."),
            ("4", "The service refuses: you may not ask, or it receives no other machines' records."),
        ],
        Files = [(ControlRequest.SocketPath, "The control socket."), ("/var/log/audit/akashi-hosts", "What is known of hosts, from one service to the next.")],
        Examples =
        [
            ("akashi hosts", "Who sends, and how far behind it is."),
            ("akashi hosts --silent", "Who has fallen silent; for a monitor, by its exit code."),
            ("akashi hosts --forget web1", "web1 has another address now."),
        ],
        SeeAlso = ["auditd(8)", "audisp-remote(8)", "akashi.conf(5)", "akashi-status(1)"],
        Section = 1,
    };
}
