using static Akashi.Configuration.KeywordGrammars;
using Do = Akashi.Configuration.LogActionKind;

namespace Akashi.Configuration;

/// <summary>The keywords of auditd.conf(5), 4.2.2: one row each.</summary>
public static class AuditdKeywords
{
    /// <summary>All of them, in the order of the manual's topics.</summary>
    public static IReadOnlyList<Keyword<AuditdConfiguration>> All { get; } =
    [
        .. Writing(), .. Space(), .. Network(), .. Dispatch(),
    ];

    /// <summary>The keyword of a name in any case; null for none.</summary>
    public static Keyword<AuditdConfiguration>? Find(string name) => KeywordTable.Find(All, name);

    static Keyword<AuditdConfiguration>[] Writing() =>
    [
        new Keyword<AuditdConfiguration, bool>("local_events", YesNo, "yes", "no: records of other machines alone", (all, value) => all with { HasLocalEvents = value }),
        new Keyword<AuditdConfiguration, bool>("write_logs", YesNo, "yes", "no: records go to plugins alone", (all, value) => all with { WritesLogs = value }),
        new Keyword<AuditdConfiguration, string>("log_file", AbsolutePath, "/var/log/audit/audit.log", "its directory must be there", (all, value) => all with { LogFile = value }),
        new Keyword<AuditdConfiguration, LogFormat?>(
            "log_format", Words<LogFormat?>(("raw", LogFormat.Raw), ("enriched", LogFormat.Enriched), ("nolog", null)), "enriched",
            "nolog is the old word for write_logs = no", (all, value) => value is { } format ? all with { LogFormat = format } : all with { WritesLogs = false }),
        new Keyword<AuditdConfiguration, string>("log_group", Text, "root", "who may read the log: 0640 instead of 0600", (all, value) => all with { LogGroup = value }),
        new Keyword<AuditdConfiguration, int>("priority_boost", Number(0), "4", "nice(2), downwards", (all, value) => all with { PriorityBoost = value }),
        new Keyword<AuditdConfiguration, FlushTechnique>(
            "flush",
            Words(("none", FlushTechnique.None), ("incremental", FlushTechnique.Incremental), ("incremental_async", FlushTechnique.IncrementalAsync),
                ("data", FlushTechnique.Data), ("sync", FlushTechnique.Sync)),
            "none", "when records are on the disk", (all, value) => all with { Flush = value }),
        new Keyword<AuditdConfiguration, int>("freq", Number(0), "0", "records between flushes", (all, value) => all with { FlushFrequencyRecords = value }),
        new Keyword<AuditdConfiguration, int>("num_logs", Number(0, 999), "0", "below 2 nothing rotates", (all, value) => all with { SegmentsMax = value }),
        new Keyword<AuditdConfiguration, int>("max_log_file", Number(0), "0", "MiB", (all, value) => all with { SegmentMegabytesMax = value }),
        new Keyword<AuditdConfiguration, LogAction>(
            "max_log_file_action", Action(Do.Ignore, Do.Syslog, Do.Exec, Do.Suspend, Do.Rotate, Do.KeepLogs), "ignore",
            "the original's table refuses the program behind exec", (all, value) => all with { SizeAction = value }),
        new Keyword<AuditdConfiguration, NameFormat>(
            "name_format",
            Words(("none", NameFormat.None), ("hostname", NameFormat.HostName), ("fqd", NameFormat.FullyQualified), ("numeric", NameFormat.Numeric),
                ("user", NameFormat.User)),
            "none", "what stands behind node=", (all, value) => all with { NameFormat = value }),
        new Keyword<AuditdConfiguration, string>("name", Text, null, "for name_format = user", (all, value) => all with { Name = value }),
        new Keyword<AuditdConfiguration, int>("end_of_event_timeout", Number(1), "2", "seconds; ausearch and aureport read it too", (all, value) => all with { EndOfEventTimeoutSeconds = value }),
        new Keyword<AuditdConfiguration, int>("report_interval", Interval, "0", "between state reports", (all, value) => all with { ReportIntervalSeconds = value }),
    ];

    static Keyword<AuditdConfiguration>[] Space() =>
    [
        new Keyword<AuditdConfiguration, bool>("verify_email", YesNo, "yes", "whether the address's domain must be known", (all, value) => all with { VerifiesEmail = value }),
        new Keyword<AuditdConfiguration, string>("action_mail_acct", MailAccount, "root", "by /usr/lib/sendmail", (all, value) => all with { MailAccount = value }),
        new Keyword<AuditdConfiguration, SpaceLimit>("space_left", KeywordGrammars.Space, "0", "more than admin_space_left", (all, value) => all with { SpaceLeft = value }),
        new Keyword<AuditdConfiguration, LogAction>(
            "space_left_action", Action(Do.Ignore, Do.Syslog, Do.Rotate, Do.Email, Do.Exec, Do.Suspend, Do.Single), "ignore", "halt is refused here",
            (all, value) => all with { SpaceLeftAction = value }),
        new Keyword<AuditdConfiguration, SpaceLimit>("admin_space_left", KeywordGrammars.Space, "0", "the last chance to do something", (all, value) => all with { AdminSpaceLeft = value }),
        new Keyword<AuditdConfiguration, LogAction>(
            "admin_space_left_action", Action(Do.Ignore, Do.Syslog, Do.Rotate, Do.Email, Do.Exec, Do.Suspend, Do.Single, Do.Halt), "ignore", "",
            (all, value) => all with { AdminSpaceLeftAction = value }),
        new Keyword<AuditdConfiguration, LogAction>(
            "disk_full_action", Action(Do.Ignore, Do.Syslog, Do.Rotate, Do.Exec, Do.Suspend, Do.Single, Do.Halt), "ignore", "ENOSPC, or fewer than 5 free blocks",
            (all, value) => all with { DiskFullAction = value }),
        new Keyword<AuditdConfiguration, LogAction>(
            "disk_error_action", Action(Do.Ignore, Do.Syslog, Do.Exec, Do.Suspend, Do.Single, Do.Halt), "syslog", "other errors; syslog says it 5 times at most",
            (all, value) => all with { DiskErrorAction = value }),
    ];

    static Keyword<AuditdConfiguration>[] Network() =>
    [
        new Keyword<AuditdConfiguration, int>("tcp_listen_port", Number(1, 65535), null, "no line: nothing is received", (all, value) => all with { ListenPort = value }),
        new Keyword<AuditdConfiguration, int>("tcp_listen_queue", Number(1), "5", "connections that wait", (all, value) => all with { ListenQueue = value }),
        new Keyword<AuditdConfiguration, int>("tcp_max_per_addr", Number(1, 1024), "1", "connections of one address", (all, value) => all with { ConnectionsPerAddressMax = value }),
        new Keyword<AuditdConfiguration, PortRange>("tcp_client_ports", Ports, "any", "ports clients may come from", (all, value) => all with { ClientPorts = value }),
        new Keyword<AuditdConfiguration, int>("tcp_client_max_idle", Number(0), "0", "seconds; 0 for no limit", (all, value) => all with { ClientIdleSecondsMax = value }),
        new Keyword<AuditdConfiguration, bool>("use_libwrap", YesNo, "yes", "hosts.allow and hosts.deny say who may connect: service auditd, library libwrap0", (all, value) => all with { UsesTcpWrappers = value }),
        new Keyword<AuditdConfiguration, RemoteTransport>(
            "transport", Words(("tcp", RemoteTransport.Tcp), ("tls", RemoteTransport.Tls), ("krb5", RemoteTransport.Krb5)), "tcp", "",
            (all, value) => all with { Transport = value }),
        new Keyword<AuditdConfiguration, bool>(
            "enable_krb5", YesNo, "no", "the old form of transport = krb5", (all, value) => value ? all with { Transport = RemoteTransport.Krb5 } : all)
        {
            IsDeprecated = true,
        },
        new Keyword<AuditdConfiguration, string>("krb5_principal", Text, "auditd", "its service part", (all, value) => all with { Krb5Principal = value }),
        new Keyword<AuditdConfiguration, string>("krb5_key_file", AbsolutePath, "/etc/audit/audit.key", "0400, root's", (all, value) => all with { Krb5KeyFile = value }),
        .. Tls(),
    ];

    static Keyword<AuditdConfiguration>[] Tls() =>
    [
        .. TlsKeywords.OfKeys<AuditdConfiguration>(ChangeTls, "whom that key is for"),
        new Keyword<AuditdConfiguration, string>("tls_allowed_clients", AbsolutePath, null, "who may connect: lines NAME enabled|disabled [key=/FILE] [node=NAME]", (all, value) => all with { Tls = all.Tls with { ClientsFile = value } }),
        .. TlsKeywords.OfCertificates<AuditdConfiguration>(ChangeTls),
        new Keyword<AuditdConfiguration, NodeCheck>(
            "tls_node_check", Words(("rename", NodeCheck.Rename), ("refuse", NodeCheck.Refuse), ("no", NodeCheck.No)), "rename", "ours: a record with another node's name than its sender's",
            (all, value) => all with { Tls = all.Tls with { NodeCheck = value } }),
    ];

    static AuditdConfiguration ChangeTls(AuditdConfiguration all, Func<TlsConfiguration, TlsConfiguration> change) => all with { Tls = change(all.Tls) };

    static Keyword<AuditdConfiguration>[] Dispatch() =>
    [
        new Keyword<AuditdConfiguration, bool>("distribute_network", YesNo, "no", "whether plugins get other machines' records", (all, value) => all with { DistributesNetwork = value }),
        new Keyword<AuditdConfiguration, int>("q_depth", Number(1, 99_999), "2000", "records; below 512 is little", (all, value) => all with { QueueRecords = value }),
        new Keyword<AuditdConfiguration, LogAction>("overflow_action", Action(Do.Ignore, Do.Syslog, Do.Suspend, Do.Single, Do.Halt), "syslog", "when a queue is full", (all, value) => all with { OverflowAction = value }),
        new Keyword<AuditdConfiguration, int>("max_restarts", Number(0), "10", "of one plugin", (all, value) => all with { RestartsMax = value }),
        new Keyword<AuditdConfiguration, string>("plugin_dir", AbsolutePath, null, "no line: plugins.d beside auditd.conf", (all, value) => all with { PluginDirectory = value }),
        new Keyword<AuditdConfiguration, string>("dispatcher", Text, null, "the dispatcher is part of the daemon", (all, _) => all) { IsDeprecated = true },
        new Keyword<AuditdConfiguration, string>("disp_qos", Text, null, "the dispatcher is part of the daemon", (all, _) => all) { IsDeprecated = true },
    ];
}
