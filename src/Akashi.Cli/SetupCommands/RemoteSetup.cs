using System.Globalization;
using System.Text;
using Akashi.Control;
using Akashi.Daemon.Status;
using Akashi.Host;
using Akashi.Remote;
using Akashi.Setup;

namespace Akashi.Cli.SetupCommands;

/// <summary><c>akashi setup remote --to HOST[:PORT]</c>, on the machine that sends, and <c>akashi setup remote --receive</c>, on the one that receives.</summary>
static class RemoteSetup
{
    const string OwnConfigurationPath = "/etc/audit/akashi.conf";
    const string OldDirectory = "/etc/audisp";
    const int NamedMax = 10;
    const string PluginPath = "/etc/audit/plugins.d/au-remote.conf";
    const string QueueDirectory = "/var/spool/audit";
    const UnixFileMode SettingsMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
    const UnixFileMode OwnersAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    static readonly string[] s_programs = ["/usr/local/sbin/audisp-remote", "/sbin/audisp-remote", "/usr/sbin/audisp-remote"];

    /// <summary>Where the sender's settings are.</summary>
    public const string SenderPath = "/etc/audit/audisp-remote.conf";

    public static SetupKind Kind { get; } = new(
        "remote", "", "sends the records of this machine to another, or receives those of others", SetupOptions.OfRemote, Plan, RemoteVerification.Finish) { FindMissing = FindMissing, Forewarn = RemoteUndo.Forewarn };

    /// <summary>The files that it may change.</summary>
    public static bool MayWrite(string path) => path is AuditService.ConfigurationPath or OwnConfigurationPath or SenderPath or PluginPath or QueueDirectory or "/etc/audit/plugins.d"
        || RemoteKeyFiles.Has(path);

    static (string, string)? FindMissing(SetupOptions typed)
    {
        const string Receive = "akashi setup remote --receive";
        string[] ways = [.. new[] { (typed.RemoteServer is not null, "--to"), (typed.Receives, "--receive"), (typed.IssuesTo is not null, "--issue"), (typed.Revokes is not null, "--revoke"), (typed.RenewsAuthority, "--renew-authority") }
            .Where(way => way.Item1).Select(way => way.Item2)];
        if (ways.Length == 0)
            return ("neither --to nor --receive is given", $"akashi setup remote --to collector.example on each machine that sends, {Receive} on the one that receives");
        if (ways.Length > 1)
            return ($"{ways[0]} and {ways[1]} are {(typed is { Receives: true, RemoteServer: not null } ? "two ends" : "two things")}", $"{Receive} and --issue NAME there, --to here; each by a command of its own");
        if (typed.From.Count > 0 && !typed.Receives)
            return ("--from belongs to --receive", $"{Receive} --from 10.0.0.0/8");
        if (typed.MakesCertificates && !typed.Receives)
            return ("--make-certificates belongs to --receive", $"{Receive} --make-certificates on the machine that receives; --issue NAME there makes those of the senders");
        if (typed.ReceiverNames.Count > 0 && !typed.MakesCertificates)
            return ("--name belongs to --make-certificates", $"{Receive} --make-certificates --name {typed.ReceiverNames[0]}");
        return typed.BundlePath is not null && typed.RemoteServer is null
            ? ("--certificates belongs to --to", $"akashi setup remote --to collector.example --certificates {typed.BundlePath}")
            : null;
    }

    static SetupPlan Plan(SetupMachine machine, SetupOptions typed)
    {
        var plan = new SetupPlan(Kind.Name);
        if (machine.Look(AuditService.ConfigurationPath).Kind == FileStateKind.Missing)
        {
            plan.Refuse(SetupMessage.RemoteConfigurationMissing, $"{AuditService.ConfigurationPath} isn't there: no audit daemon is installed", $"akashi setup service{machine.RootOption}");
            return plan;
        }

        if (typed.IssuesTo is { } sender)
        {
            RemoteCertificates.PlanIssue(machine, sender, plan);
            return plan;
        }

        if (typed.Revokes is { } revoked)
        {
            Change(machine, plan, AuditService.ConfigurationPath, "auditd looks who is believed no more", text => RemoteCertificates.PlanRevoke(machine, revoked, plan, text));
            return plan;
        }

        if (typed.RenewsAuthority)
        {
            RemoteRenewal.Plan(machine, plan, machine.Text(AuditService.ConfigurationPath) ?? "");
            return plan;
        }

        if (typed.Receives)
            PlanReceiver(machine, typed, plan);
        else
            PlanSender(machine, typed, plan);
        NoteOldPlaces(machine, plan);
        return plan;
    }

    static void PlanSender(SetupMachine machine, SetupOptions typed, SetupPlan plan)
    {
        bool isSecured = typed.BundlePath is not null || UsesTls(machine.Text(SenderPath) ?? "");
        string sender = Change(machine, plan, SenderPath, "where records are sent to", text =>
        {
            text = SettingLines.Set(text, "remote_server", typed.RemoteServer!);
            text = SettingLines.Set(text, "port", Number(typed.RemotePort));
            text = typed.BundlePath is { } bundle ? RemoteCertificates.PlanSender(machine, bundle, plan, text) : KeepTls(text);
            text = SettingLines.SetWhereNamed(text, "format", "managed");
            text = SettingLines.Set(text, "mode", "forward");
            if (SettingLines.Find(text, "heartbeat_timeout") is null or "0")
                text = SettingLines.Set(text, "heartbeat_timeout", "15");

            // The original's default ends the sender at the first failure of the network.
            return SettingLines.Find(text, "network_failure_action") is null or "stop" ? SettingLines.Set(text, "network_failure_action", "warn_once") : text;
        });
        if (FindProgram(machine) is { } program)
            Change(machine, plan, PluginPath, "auditd starts audisp-remote", text => ChangePlugin(text, program));
        else
            plan.Refuse(SetupMessage.RemoteProgramMissing, "audisp-remote isn't installed", $"akashi setup service{machine.RootOption} installs it (Debian's is in the package audispd-plugins)");
        Change(machine, plan, AuditService.ConfigurationPath, "records say whose they are, and the names of their users", text =>
        {
            if (SettingLines.Find(text, "name_format") is not { } format || format.Equals("none", StringComparison.OrdinalIgnoreCase))
                text = SettingLines.Set(text, "name_format", "hostname");
            return SettingLines.Set(text, "log_format", "ENRICHED");
        });
        if (SettingLines.Find(sender, "queue_file") is null && machine.Look(QueueDirectory).Kind == FileStateKind.Missing)
            plan.Add(new FileChange(QueueDirectory, FileState.Missing, FileState.Directory(OwnersAlone), "records wait there while the other machine is away"));
        if (!isSecured)
            plan.Note(SetupMessage.RemoteInClear, "records go in clear, and the other machine knows this one by its address alone: use a network that you trust, or TLS", $"on {typed.RemoteServer}: akashi setup remote --receive --make-certificates, and --issue {machine.Host.Name}");
    }

    /// <summary>Whether settings have transport = tls.</summary>
    public static bool UsesTls(string text) => "tls".Equals(SettingLines.Find(text, "transport"), StringComparison.OrdinalIgnoreCase);

    // What somebody has secured stays so; krb5 isn't served.
    static string KeepTls(string text) => UsesTls(text) ? text : SettingLines.SetWhereNamed(text, "transport", "tcp");

    // The one that the plugin's file names, where it is there.
    static string? FindProgram(SetupMachine machine)
    {
        string? named = SettingLines.Find(machine.Text(PluginPath) ?? "", "path");
        return s_programs.Prepend(named ?? s_programs[0]).FirstOrDefault(path => machine.KindOf(path) == FileKind.Regular);
    }

    static string ChangePlugin(string text, string program)
    {
        text = SettingLines.Set(text, "active", "yes");
        text = SettingLines.Set(text, "path", program);
        text = SettingLines.Find(text, "type") is null ? SettingLines.Set(text, "type", "always") : text;
        return SettingLines.Find(text, "format") is null ? SettingLines.Set(text, "format", "string") : text;
    }

    static void PlanReceiver(SetupMachine machine, SetupOptions typed, SetupPlan plan)
    {
        bool isSecured = typed.MakesCertificates || UsesTls(machine.Text(AuditService.ConfigurationPath) ?? "");
        if (typed.MakesCertificates)
            WarnOfPlainSenders(machine, plan);
        bool isBounded = SettingLines.Find(machine.Text(OwnConfigurationPath) ?? "", "node_from") is { Length: > 0 };
        Change(machine, plan, AuditService.ConfigurationPath, "auditd listens for other machines", text =>
        {
            text = SettingLines.Set(text, "tcp_listen_port", Number(typed.RemotePort));

            // The record of --to comes beside the connection that the machine's sender may have.
            if (SettingLines.Find(text, "tcp_max_per_addr") is null or "1")
                text = SettingLines.Set(text, "tcp_max_per_addr", "2");
            return typed.MakesCertificates ? RemoteCertificates.PlanReceiver(machine, typed, plan, text) : KeepTls(text);
        });
        if (typed.From.Count > 0)
            Change(machine, plan, OwnConfigurationPath, "who may send", text => SettingLines.Set(text, "node_from", string.Join(',', typed.From)));
        else if (!isBounded && !isSecured)
            plan.Warn(SetupMessage.RemoteFromAnywhere, "whoever reaches the port may send records", "--from 10.0.0.0/8 takes them of these addresses alone; a firewall does more");
        if (!isSecured)
            plan.Note(SetupMessage.RemoteInClear, "records come in clear, and a sender is known by its address alone: use a network that you trust, or TLS", "akashi setup remote --receive --make-certificates");
        WarnOfWrappers(machine, plan);
    }

    // They are refused as soon as auditd goes over to TLS, and their records wait where they are.
    static void WarnOfPlainSenders(SetupMachine machine, SetupPlan plan)
    {
        string settings = machine.Text(AuditService.ConfigurationPath) ?? "";
        if (UsesTls(settings) || SettingLines.Find(settings, "tcp_listen_port") is null or "0")
            return;
        IReadOnlyList<HostStatus> hosts = machine.IsThis ? new ControlClient(machine.Host).FindHosts(out _) ?? [] : [];
        string[] names = [.. hosts.Where(host => host.Transport is "tcp" or "ascii").Select(host => host.Node).Order(StringComparer.Ordinal)];
        string known = names.Length == 0 ? "" : $": {string.Join(", ", names.Take(NamedMax))}{(names.Length > NamedMax ? $" and {names.Length - NamedMax} more" : "")}";
        plan.Warn(
            SetupMessage.RemotePlainSenders, $"records come in clear here now: who sends so is refused as soon as auditd uses TLS, and has its records wait{known}",
            "for each: akashi setup remote --issue NAME here, and there: akashi setup remote --to HOST --certificates FILE");
    }

    static void WarnOfWrappers(SetupMachine machine, SetupPlan plan)
    {
        if (SettingLines.Find(machine.Text(AuditService.ConfigurationPath) ?? "", "use_libwrap")?.Equals("no", StringComparison.OrdinalIgnoreCase) == true)
            return;
        foreach ((string path, bool isDenying) in new[] { ("/etc/hosts.deny", true), ("/etc/hosts.allow", false) })
        {
            if (TcpWrapperRules.FindLine(machine.Text(path) ?? "", isDenying) is > 0 and int line)
                plan.Warn(SetupMessage.RemoteWrappers, $"{path}:{line} may keep machines from auditd, which goes by it", "let them in there (hosts_access(5)); or set use_libwrap = no, and --from for who may send");
        }
    }

    static void NoteOldPlaces(SetupMachine machine, SetupPlan plan)
    {
        if (machine.KindOf(OldDirectory) == FileKind.Missing)
            return;
        string? server = SettingLines.Find(machine.Text(OldDirectory + "/audisp-remote.conf") ?? "", "remote_server");
        plan.Note(SetupMessage.RemoteOldPlace, $"{OldDirectory} is of versions before 3: nothing reads it any more{(server is null ? "" : $"; its audisp-remote.conf had remote_server = {server}")}", $"the settings are in {SenderPath} and /etc/audit/plugins.d now");
    }

    static string Change(SetupMachine machine, SetupPlan plan, string path, string reason, Func<string, string> change)
    {
        FileState before = machine.Look(path);
        if (before.Kind is not (FileStateKind.File or FileStateKind.Missing))
        {
            plan.Refuse(SetupMessage.PathIsLink, $"{path} is no regular file: the daemon refuses it too");
            return "";
        }

        string made = change(Encoding.UTF8.GetString(before.Bytes));
        string directory = Path.GetDirectoryName(path)!;
        if (before.Kind == FileStateKind.Missing && machine.Look(directory).Kind == FileStateKind.Missing)
            plan.Add(new FileChange(directory, FileState.Missing, FileState.Directory(OwnersAlone | UnixFileMode.GroupRead | UnixFileMode.GroupExecute), "for settings"));
        byte[] bytes = Encoding.UTF8.GetBytes(made);
        plan.Add(new FileChange(path, before, before.Kind == FileStateKind.File ? before.WithBytes(bytes) : FileState.File(bytes, SettingsMode), reason));
        return made;
    }

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
