using static Akashi.Configuration.KeywordGrammars;
using Do = Akashi.Configuration.LogActionKind;

namespace Akashi.Configuration;

/// <summary>The keywords of auditd.conf(5), 4.2.2: one row each.</summary>
public static class AuditdKeywords
{
    /// <summary>All of them, in the order of the manual's topics.</summary>
    public static IReadOnlyList<AuditdKeyword> All { get; } =
    [
        .. Writing(), .. Space(), .. Network(), .. Dispatch(),
    ];

    /// <summary>The keyword of a name in any case; null for none.</summary>
    public static AuditdKeyword? Find(string name)
    {
        foreach (AuditdKeyword keyword in All)
        {
            if (keyword.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return keyword;
        }

        return null;
    }

    static AuditdKeyword[] Writing() =>
    [
        new AuditdKeyword<bool>("local_events", YesNo, "yes", "no: records of other machines alone", (all, value) => all with { HasLocalEvents = value }),
        new AuditdKeyword<bool>("write_logs", YesNo, "yes", "no: records go to plugins alone", (all, value) => all with { WritesLogs = value }),
        new AuditdKeyword<string>("log_file", AbsolutePath, "/var/log/audit/audit.log", "its directory must be there", (all, value) => all with { LogFile = value }),
        new AuditdKeyword<LogFormat?>(
            "log_format", Words<LogFormat?>(("raw", LogFormat.Raw), ("enriched", LogFormat.Enriched), ("nolog", null)), "enriched",
            "nolog is the old word for write_logs = no", (all, value) => value is { } format ? all with { LogFormat = format } : all with { WritesLogs = false }),
        new AuditdKeyword<string>("log_group", Text, "root", "who may read the log: 0640 instead of 0600", (all, value) => all with { LogGroup = value }),
        new AuditdKeyword<int>("priority_boost", Number(0), "4", "nice(2), downwards", (all, value) => all with { PriorityBoost = value }),
        new AuditdKeyword<FlushTechnique>(
            "flush",
            Words(("none", FlushTechnique.None), ("incremental", FlushTechnique.Incremental), ("incremental_async", FlushTechnique.IncrementalAsync),
                ("data", FlushTechnique.Data), ("sync", FlushTechnique.Sync)),
            "none", "when records are on the disk", (all, value) => all with { Flush = value }),
        new AuditdKeyword<int>("freq", Number(0), "0", "records between flushes", (all, value) => all with { FlushFrequencyRecords = value }),
        new AuditdKeyword<int>("num_logs", Number(0, 999), "0", "below 2 nothing rotates", (all, value) => all with { SegmentsMax = value }),
        new AuditdKeyword<int>("max_log_file", Number(0), "0", "MiB", (all, value) => all with { SegmentMegabytesMax = value }),
        new AuditdKeyword<LogAction>(
            "max_log_file_action", Action(Do.Ignore, Do.Syslog, Do.Exec, Do.Suspend, Do.Rotate, Do.KeepLogs), "ignore",
            "the original's table refuses the program behind exec", (all, value) => all with { SizeAction = value }),
        new AuditdKeyword<NameFormat>(
            "name_format",
            Words(("none", NameFormat.None), ("hostname", NameFormat.HostName), ("fqd", NameFormat.FullyQualified), ("numeric", NameFormat.Numeric),
                ("user", NameFormat.User)),
            "none", "what stands behind node=", (all, value) => all with { NameFormat = value }),
        new AuditdKeyword<string>("name", Text, null, "for name_format = user", (all, value) => all with { Name = value }),
        new AuditdKeyword<int>("end_of_event_timeout", Number(1), "2", "seconds; ausearch and aureport read it too", (all, value) => all with { EndOfEventTimeoutSeconds = value }),
        new AuditdKeyword<int>("report_interval", Interval, "0", "between state reports", (all, value) => all with { ReportIntervalSeconds = value }),
    ];

    static AuditdKeyword[] Space() =>
    [
        new AuditdKeyword<bool>("verify_email", YesNo, "yes", "whether the address's domain must be known", (all, value) => all with { VerifiesEmail = value }),
        new AuditdKeyword<string>("action_mail_acct", MailAccount, "root", "by /usr/lib/sendmail", (all, value) => all with { MailAccount = value }),
        new AuditdKeyword<SpaceLimit>("space_left", KeywordGrammars.Space, "0", "more than admin_space_left", (all, value) => all with { SpaceLeft = value }),
        new AuditdKeyword<LogAction>(
            "space_left_action", Action(Do.Ignore, Do.Syslog, Do.Rotate, Do.Email, Do.Exec, Do.Suspend, Do.Single), "ignore", "halt is refused here",
            (all, value) => all with { SpaceLeftAction = value }),
        new AuditdKeyword<SpaceLimit>("admin_space_left", KeywordGrammars.Space, "0", "the last chance to do something", (all, value) => all with { AdminSpaceLeft = value }),
        new AuditdKeyword<LogAction>(
            "admin_space_left_action", Action(Do.Ignore, Do.Syslog, Do.Rotate, Do.Email, Do.Exec, Do.Suspend, Do.Single, Do.Halt), "ignore", "",
            (all, value) => all with { AdminSpaceLeftAction = value }),
        new AuditdKeyword<LogAction>(
            "disk_full_action", Action(Do.Ignore, Do.Syslog, Do.Rotate, Do.Exec, Do.Suspend, Do.Single, Do.Halt), "ignore", "ENOSPC, or fewer than 5 free blocks",
            (all, value) => all with { DiskFullAction = value }),
        new AuditdKeyword<LogAction>(
            "disk_error_action", Action(Do.Ignore, Do.Syslog, Do.Exec, Do.Suspend, Do.Single, Do.Halt), "syslog", "other errors; syslog says it 5 times at most",
            (all, value) => all with { DiskErrorAction = value }),
    ];

    static AuditdKeyword[] Network() =>
    [
        new AuditdKeyword<int>("tcp_listen_port", Number(1, 65535), null, "no line: nothing is received", (all, value) => all with { ListenPort = value }),
        new AuditdKeyword<int>("tcp_listen_queue", Number(1), "5", "connections that wait", (all, value) => all with { ListenQueue = value }),
        new AuditdKeyword<int>("tcp_max_per_addr", Number(1, 1024), "1", "connections of one address", (all, value) => all with { ConnectionsPerAddressMax = value }),
        new AuditdKeyword<PortRange>("tcp_client_ports", Ports, "any", "ports clients may come from", (all, value) => all with { ClientPorts = value }),
        new AuditdKeyword<int>("tcp_client_max_idle", Number(0), "0", "seconds; 0 for no limit", (all, value) => all with { ClientIdleSecondsMax = value }),
        new AuditdKeyword<bool>("use_libwrap", YesNo, "yes", "the service's name is auditd", (all, value) => all with { UsesTcpWrappers = value }),
        new AuditdKeyword<RemoteTransport>(
            "transport", Words(("tcp", RemoteTransport.Tcp), ("tls", RemoteTransport.Tls), ("krb5", RemoteTransport.Krb5)), "tcp", "",
            (all, value) => all with { Transport = value }),
        new AuditdKeyword<bool>(
            "enable_krb5", YesNo, "no", "the old form of transport = krb5", (all, value) => value ? all with { Transport = RemoteTransport.Krb5 } : all)
        {
            IsDeprecated = true,
        },
        new AuditdKeyword<string>("krb5_principal", Text, "auditd", "its service part", (all, value) => all with { Krb5Principal = value }),
        new AuditdKeyword<string>("krb5_key_file", AbsolutePath, "/etc/audit/audit.key", "0400, root's", (all, value) => all with { Krb5KeyFile = value }),
        .. Tls(),
    ];

    static AuditdKeyword[] Tls() =>
    [
        new AuditdKeyword<bool>("tls_auth", Words(("psk", false), ("x509", true)), "psk", "x509: certificates, ours", (all, value) => all with { Tls = all.Tls with { UsesCertificates = value } }),
        new AuditdKeyword<TlsProfile>(
            "tls_crypto_profile", Words(("compatible", TlsProfile.Compatible), ("system", TlsProfile.System), ("pqc", TlsProfile.Pqc)), "compatible", "",
            (all, value) => all with { Tls = all.Tls with { Profile = value } }),
        new AuditdKeyword<string>("tls_psk_file", AbsolutePath, null, "a key of 64 hexadecimal digits or more, 0600, root's", (all, value) => all with { Tls = all.Tls with { SharedKeyFile = value } }),
        new AuditdKeyword<string>("tls_psk_identity", Text, null, "whom that key is for", (all, value) => all with { Tls = all.Tls with { Identity = value } }),
        new AuditdKeyword<string>("tls_allowed_clients", AbsolutePath, null, "who may connect: lines NAME allow|deny [key=/FILE] [node=NAME]", (all, value) => all with { Tls = all.Tls with { ClientsFile = value } }),
        new AuditdKeyword<string>("tls_cipher_suites", Text, null, "no line: the profile's", (all, value) => all with { Tls = all.Tls with { CipherSuites = value } }),
        new AuditdKeyword<string>("tls_key_exchange", Text, null, "no line: the profile's", (all, value) => all with { Tls = all.Tls with { KeyExchange = value } }),
        new AuditdKeyword<bool>("tls_require_pqc", YesNo, "no", "with tls_crypto_profile = pqc alone", (all, value) => all with { Tls = all.Tls with { RequiresPqc = value } }),
        new AuditdKeyword<string>("tls_cert_file", AbsolutePath, null, "ours: the certificate and those between, PEM", (all, value) => all with { Tls = all.Tls with { CertificateFile = value } }),
        new AuditdKeyword<string>("tls_key_file", AbsolutePath, null, "ours: its private key, PEM, 0600, root's", (all, value) => all with { Tls = all.Tls with { PrivateKeyFile = value } }),
        new AuditdKeyword<string>("tls_ca_file", AbsolutePath, null, "ours: whom the other end's certificate must come from, PEM", (all, value) => all with { Tls = all.Tls with { AuthorityFile = value } }),
        new AuditdKeyword<string>("tls_crl_file", AbsolutePath, null, "ours: what they revoked, PEM; no line: not looked at", (all, value) => all with { Tls = all.Tls with { RevocationFile = value } }),
        new AuditdKeyword<NodeCheck>(
            "tls_node_check", Words(("rename", NodeCheck.Rename), ("refuse", NodeCheck.Refuse), ("no", NodeCheck.No)), "rename", "ours: a record with another node's name than its sender's",
            (all, value) => all with { Tls = all.Tls with { NodeCheck = value } }),
    ];

    static AuditdKeyword[] Dispatch() =>
    [
        new AuditdKeyword<bool>("distribute_network", YesNo, "no", "whether plugins get other machines' records", (all, value) => all with { DistributesNetwork = value }),
        new AuditdKeyword<int>("q_depth", Number(1, 99_999), "2000", "records; below 512 is little", (all, value) => all with { QueueRecords = value }),
        new AuditdKeyword<LogAction>("overflow_action", Action(Do.Ignore, Do.Syslog, Do.Suspend, Do.Single, Do.Halt), "syslog", "when a queue is full", (all, value) => all with { OverflowAction = value }),
        new AuditdKeyword<int>("max_restarts", Number(0), "10", "of one plugin", (all, value) => all with { RestartsMax = value }),
        new AuditdKeyword<string>("plugin_dir", AbsolutePath, null, "no line: plugins.d beside auditd.conf", (all, value) => all with { PluginDirectory = value }),
        new AuditdKeyword<string>("dispatcher", Text, null, "the dispatcher is part of the daemon", (all, _) => all) { IsDeprecated = true },
        new AuditdKeyword<string>("disp_qos", Text, null, "the dispatcher is part of the daemon", (all, _) => all) { IsDeprecated = true },
    ];
}
