using System.Globalization;
using System.Text;
using Akashi.Cli.Doctor;
using Akashi.Cli.Live;
using Akashi.Configuration;
using Akashi.Control;
using Akashi.Daemon.Remote;
using Akashi.Daemon.Status;
using Akashi.Diagnostics;
using Akashi.Health;
using Akashi.Host;
using Akashi.Linux.Sockets;
using Akashi.Linux.Tls;
using Akashi.Remote;
using Akashi.Setup;

namespace Akashi.Cli.SetupCommands;

/// <summary>What follows when the files of remote logging were changed: the daemon reads them, and one record shows whether it works.</summary>
static class RemoteVerification
{
    const string PidFile = "/run/auditd.pid";

    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(8);
    static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(100);

    public static bool Finish(SetupMachine machine, SetupOptions typed, SetupOutcome outcome)
    {
        if (outcome.IsUndo)
            return Reload(machine, outcome) is not null || !IsDaemonThere(machine);
        if (typed.IssuesTo is { } sender)
            return FinishIssue(machine, sender);
        if (typed.Revokes is { } revoked)
            return FinishRevocation(machine, revoked, outcome);
        if (typed.RenewsAuthority)
            return FinishRenewal(machine, outcome);
        return typed.Receives ? FinishReceiver(machine, typed, outcome) : FinishSender(machine, typed, outcome);
    }

    // Before auditd has its sender connect: a receiver may take one connection of an address.
    static bool FinishSender(SetupMachine machine, SetupOptions typed, SetupOutcome outcome)
    {
        string token = MakeToken();
        string? refusal = SendThere(machine, typed, ReadSender(machine), MakeRecord(machine, token), out bool isOurs);
        bool isRunning = Reload(machine, outcome) is not null;
        if (refusal is not null)
        {
            machine.Say($"{typed.RemoteServer} port {typed.RemotePort} took no record: {refusal}", RemoteRefusal.Mend(refusal, typed.RemoteServer!, typed.RemotePort));
            return false;
        }

        machine.Print(isOurs
            ? $"verified: {typed.RemoteServer} has written a record of this machine; see it there: akashi search {token}, and akashi hosts"
            : $"acknowledged: {typed.RemoteServer} says that it took a record of this machine; it isn't Akashi's, so that is all there is to know here. See it there: ausearch -m USER | grep {token}");
        if (isRunning)
            AwaitSender(machine, typed.RemoteServer!);
        if (typed.BundlePath is { } bundle)
            machine.Print($"remove {bundle} here and there: the private key in it is nobody else's");
        if (!isRunning)
            machine.Say("no audit daemon runs here that could send", "start auditd");
        return isRunning;
    }

    // The record came by a connection of its own, which is closed: until the sender's is open, the receiver's akashi hosts says that this machine isn't connected. Debian's says nothing of itself.
    static void AwaitSender(SetupMachine machine, string server)
    {
        if (new ControlClient(machine.Host).FindStatus(out _) is null)
            return;
        for (long began = machine.Host.Clock.GetTimestamp(); machine.Host.Clock.GetElapsedTime(began) < s_limit; Thread.Sleep(s_between))
        {
            if (new SenderFacts().Add(new HealthFacts()).Sender is not { IsConnected: true } sender || sender.Server != server)
                continue;
            machine.Print($"audisp-remote (process {sender.Pid}) is connected to {server}");
            return;
        }

        machine.Print($"audisp-remote isn't known to be connected yet: until it is, akashi hosts on {server} says so; akashi doctor here says why it isn't");
    }

    static bool FinishIssue(SetupMachine machine, string sender)
    {
        string path = RemoteKeyFiles.Bundle(sender), receiver = RemoteCertificates.ReceiverNames(machine).FirstOrDefault() ?? machine.Host.Name;
        machine.Print($"carry {path} to {sender}, so that nobody else reads it (scp), and there: akashi setup remote --to {receiver} --certificates FILE");
        machine.Print($"then remove it here: the private key in it is {sender}'s alone");
        return true;
    }

    static bool FinishRevocation(SetupMachine machine, string sender, SetupOutcome outcome)
    {
        bool isRunning = Reload(machine, outcome) is not null;
        machine.Print(isRunning
            ? $"{sender} is believed no more: auditd ends its connections, and all others of TLS, which come again with their next record or heartbeat"
            : $"{sender} is believed no more from auditd's next start on");
        return isRunning || !IsDaemonThere(machine);
    }

    // As its sender does: over TLS where the settings have it.
    static string? SendThere(SetupMachine machine, SetupOptions typed, RemoteConfiguration configuration, byte[] record, out bool isOurs)
    {
        isOurs = false;
        try
        {
            using TlsContext? tls = configuration.Transport == RemoteTransport.Tls
                ? TlsOpening.Open(machine.Host.Files, configuration.Tls, receives: false, text => machine.Print(text)) : null;
            string name = configuration.Tls.ServerName.Length > 0 ? configuration.Tls.ServerName : typed.RemoteServer!;
            return RemoteProbe.Send(machine.Host.Clock, typed.RemoteServer!, typed.RemotePort, configuration.LocalPort, record, s_limit, out isOurs, tls, name);
        }
        catch (AuditException exception)
        {
            return $"TLS can't be had here: {exception.Message}";
        }
    }

    static bool FinishReceiver(SetupMachine machine, SetupOptions typed, SetupOutcome outcome)
    {
        if (Reload(machine, outcome) is null)
        {
            machine.Say("no audit daemon runs here that could listen", "start auditd; akashi setup remote --receive verifies it then");
            return false;
        }

        AuditdConfiguration configuration = ReadReceiver(machine);
        bool hasSendersKey = configuration.Transport == RemoteTransport.Tls && configuration.Tls.CertificateFile == RemoteKeyFiles.Receiver;
        if (!VerifyHere(machine, configuration, typed.RemotePort))
            return false;
        string place = machine.Host.Name + (typed.RemotePort == RemoteRefusal.PortDefault ? "" : $":{typed.RemotePort}");
        machine.Print(hasSendersKey
            ? $"now for each machine that sends: akashi setup remote --issue NAME here, and there: akashi setup remote --to {place} --certificates FILE"
            : $"now on each machine that sends: akashi setup remote --to {place}");
        return true;
    }

    static bool FinishRenewal(SetupMachine machine, SetupOutcome outcome)
    {
        bool isRunning = Reload(machine, outcome) is not null;
        AuditdConfiguration configuration = ReadReceiver(machine);
        if (isRunning && configuration is { ListensForMachines: true, Transport: RemoteTransport.Tls } && !VerifyHere(machine, configuration, configuration.ListenPort))
            return false;
        if (!isRunning)
            machine.Print("no audit daemon runs here: it goes by them from its next start on");
        PrintRenewal(machine);
        return isRunning || !IsDaemonThere(machine);
    }

    static void PrintRenewal(SetupMachine machine)
    {
        if (machine.Look(RemoteKeyFiles.FormerAuthority).Kind == FileStateKind.Missing)
        {
            machine.Print("the new authority alone is believed from now on, in connections that begin");
            return;
        }

        string receiver = RemoteCertificates.ReceiverNames(machine).FirstOrDefault() ?? machine.Host.Name;
        machine.Print($"both authorities are believed now. For each of {string.Join(", ", RemoteRenewal.Senders(machine))}:");
        machine.Print($"  here:  akashi setup remote --issue NAME; carry {RemoteKeyFiles.Bundle("NAME")} there, so that nobody else reads it");
        machine.Print($"  there: akashi setup remote --to {receiver} --certificates FILE");
        machine.Print("then here, before the former one ends: akashi setup remote --renew-authority");
    }

    // One record over the loopback address; where this end has no key to send by, a connection.
    static bool VerifyHere(SetupMachine machine, AuditdConfiguration configuration, int port)
    {
        string token = MakeToken();
        byte[] record = MakeRecord(machine, token);
        bool isClosed = configuration.Transport == RemoteTransport.Tls && configuration.Tls.CertificateFile != RemoteKeyFiles.Receiver;
        string? refusal = "nobody listens";
        for (long began = machine.Host.Clock.GetTimestamp(); refusal is not null && machine.Host.Clock.GetElapsedTime(began) < s_limit; Thread.Sleep(s_between))
            refusal = isClosed ? TryConnect(port, configuration.ClientPorts.First) : SendHere(machine, port, configuration, record);
        if (refusal is not null)
        {
            machine.Say($"port {port} took no {(isClosed ? "connection" : "record")}: {refusal}", "the system log says why auditd doesn't listen; akashi doctor");
            return false;
        }

        machine.Print(isClosed
            ? $"port {port} takes connections; transport = tls, so no record could be sent from here, which has no sender's certificate or key: the other machine's setup sends one"
            : $"verified: a record that was sent to port {port} is in the log; see it: akashi search {token}");
        return true;
    }

    // The receiver's own certificate is a sender's too.
    static string? SendHere(SetupMachine machine, int port, AuditdConfiguration configuration, byte[] record)
    {
        try
        {
            using TlsContext? tls = configuration.Transport != RemoteTransport.Tls ? null
                : TlsOpening.Open(machine.Host.Files, configuration.Tls with { ClientsFile = "", RevocationFile = "" }, receives: false, text => machine.Print(text));
            string name = RemoteCertificates.ReceiverNames(machine).FirstOrDefault() ?? "";
            return RemoteProbe.Send(machine.Host.Clock, "127.0.0.1", port, configuration.ClientPorts.First, record, s_limit, out _, tls, name);
        }
        catch (AuditException exception)
        {
            return exception.Message;
        }
    }

    // It leaves as refused, before any handshake: that somebody listens is all that is to be seen without a sender's key.
    static string? TryConnect(int port, int localPort)
    {
        try
        {
            TcpConnection.Connect("127.0.0.1", port, localPort, s_limit).Dispose();
            return null;
        }
        catch (AuditException exception)
        {
            return exception.Message;
        }
    }

    // Returns the daemon's process; null where none runs.
    static int? Reload(SetupMachine machine, SetupOutcome outcome)
    {
        if (FindDaemon(machine) is not { } pid)
            return null;
        if (outcome.Changes.Count > 0 && machine.Host.SendSignal(pid, Signal.Hangup, TimeSpan.Zero) is { } refusal)
        {
            machine.Say($"auditd (process {pid}) does not read its settings anew: {refusal}", $"kill -HUP {pid}");
            return null;
        }

        return pid;
    }

    static bool IsDaemonThere(SetupMachine machine) => FindDaemon(machine) is not null;

    // One that reads no kernel is found by its socket, the original's by its file.
    static int? FindDaemon(SetupMachine machine)
    {
        if (new ControlClient(machine.Host).FindStatus(out _) is { Program: "auditd" } status)
            return status.Pid;
        try
        {
            return int.TryParse(File.ReadAllText(PidFile).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int pid)
                && Daemon.KernelState.ProcessMark.Find(pid) is not null ? pid : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    static RemoteConfiguration ReadSender(SetupMachine machine) =>
        RemoteConfigurationFile.Parse(machine.Text(RemoteSetup.SenderPath) ?? "", RemoteSetup.SenderPath, new DiagnosticBag());

    static AuditdConfiguration ReadReceiver(SetupMachine machine) =>
        AuditdConfigurationParser.Parse(machine.Text(AuditService.ConfigurationPath) ?? "", AuditService.ConfigurationPath, new DiagnosticBag());

    static string MakeToken() => Guid.NewGuid().ToString("N");

    // As libaudit's own records of programs are.
    static byte[] MakeRecord(SetupMachine machine, string token)
    {
        long now = machine.Host.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        string node = string.Concat(machine.Host.Name.Where(letter => letter is > ' ' and <= '~' and not ('=' or '"' or '\'')));
        return Encoding.ASCII.GetBytes(FormattableString.Invariant(
            $"node={node} type=USER msg=audit({now / 1000}.{now % 1000:000}:{Random.Shared.Next(10_000)}): pid={machine.Host.Process.Pid} uid={machine.Host.Process.Uid} msg='{Encoding.ASCII.GetString(RemoteProbe.Operation)}{token} exe=\"{Environment.ProcessPath}\" res=success'"));
    }
}
