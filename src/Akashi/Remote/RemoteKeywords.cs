using Akashi.Configuration;
using static Akashi.Configuration.KeywordGrammars;
using Do = Akashi.Remote.RemoteActionKind;

namespace Akashi.Remote;

/// <summary>The keywords of audisp-remote.conf(5), 4.2.2: one row each.</summary>
public static class RemoteKeywords
{
    static readonly Do[] s_usual = [Do.Ignore, Do.Syslog, Do.Exec, Do.WarnOnceContinue, Do.WarnOnce, Do.Suspend, Do.Single, Do.Halt, Do.Stop];

    /// <summary>All of them, in the order of the manual.</summary>
    public static IReadOnlyList<Keyword<RemoteConfiguration>> All { get; } = [.. Connection(), .. Queue(), .. Failures(), .. Kerberos(), .. Tls()];

    /// <summary>The keyword of a name in any case; null for none.</summary>
    public static Keyword<RemoteConfiguration>? Find(string name) => KeywordTable.Find(All, name);

    static Keyword<RemoteConfiguration>[] Connection() =>
    [
        new Keyword<RemoteConfiguration, string>("remote_server", Text, null, "a name or an address", (all, value) => all with { Server = value }),
        new Keyword<RemoteConfiguration, int>("port", Number(1, 65535), "60", "the server's", (all, value) => all with { Port = value }),
        new Keyword<RemoteConfiguration, int>("local_port", LocalPort(), "any", "below 1024: only root can send", (all, value) => all with { LocalPort = value }),
        new Keyword<RemoteConfiguration, RemoteTransport>(
            "transport", Words(("tcp", RemoteTransport.Tcp), ("tls", RemoteTransport.Tls), ("krb5", RemoteTransport.Krb5)), "tcp", "",
            (all, value) => all with { Transport = value }),
        new Keyword<RemoteConfiguration, bool>("format", Words(("managed", false), ("ascii", true)), "managed", "ascii: lines, which nobody acknowledges", (all, value) => all with { IsAscii = value }),
        new Keyword<RemoteConfiguration, int>("network_retry_time", Number(1), "1", "seconds between tries, from the third on", (all, value) => all with { RetrySeconds = value }),
        new Keyword<RemoteConfiguration, int>("max_tries_per_record", Number(1), "3", "", (all, value) => all with { TriesMax = value }),
        new Keyword<RemoteConfiguration, int>("max_time_per_record", Number(1), "5", "seconds", (all, value) => all with { SecondsPerRecordMax = value }),
        new Keyword<RemoteConfiguration, bool>("compress", YesNo, "yes", "ours: records that wait go packed by zstd to a receiver of ours", (all, value) => all with { Packs = value }),
        new Keyword<RemoteConfiguration, int>("heartbeat_timeout", Number(0), "0", "seconds of silence; half of the server's tcp_client_max_idle", (all, value) => all with { HeartbeatSeconds = value }),
    ];

    static Keyword<RemoteConfiguration>[] Queue() =>
    [
        new Keyword<RemoteConfiguration, bool>("mode", Words(("immediate", false), ("forward", true)), "immediate", "forward: records wait in a file", (all, value) => all with { QueuesInFile = value }),
        new Keyword<RemoteConfiguration, string>("queue_file", AbsolutePath, "/var/spool/audit/remote.log", "for mode = forward", (all, value) => all with { QueueFile = value }),
        new Keyword<RemoteConfiguration, int>(
            "queue_depth", Number(1, (int)RemoteQueueHeader.SlotsMax), "2048", "records; in a file 12 KiB each", (all, value) => all with { QueueRecords = value }),
    ];

    static Keyword<RemoteConfiguration>[] Failures() =>
    [
        Action("network_failure_action", "stop", (all, value) => all with { NetworkFailureAction = value }, s_usual),
        Action("disk_low_action", "ignore", (all, value) => all with { DiskLowAction = value }, s_usual),
        Action("disk_full_action", "warn_once", (all, value) => all with { DiskFullAction = value }, s_usual),
        Action("disk_error_action", "warn_once", (all, value) => all with { DiskErrorAction = value }, s_usual),
        Action("remote_ending_action", "reconnect", (all, value) => all with { EndingAction = value }, [.. s_usual, Do.Reconnect]),
        Action("generic_error_action", "syslog", (all, value) => all with { GenericErrorAction = value }, s_usual),
        Action("generic_warning_action", "syslog", (all, value) => all with { GenericWarningAction = value }, s_usual),
        Action("queue_error_action", "stop", (all, value) => all with { QueueErrorAction = value }, s_usual),
        Action("overflow_action", "syslog", (all, value) => all with { OverflowAction = value }, Do.Ignore, Do.Syslog, Do.Suspend, Do.Single, Do.Halt),
        Action("startup_failure_action", "warn_once_continue", (all, value) => all with { StartupFailureAction = value }, s_usual),
    ];

    static Keyword<RemoteConfiguration>[] Kerberos() =>
    [
        new Keyword<RemoteConfiguration, bool>(
            "enable_krb5", YesNo, "no", "the old form of transport = krb5", (all, value) => value ? all with { Transport = RemoteTransport.Krb5 } : all),
        new Keyword<RemoteConfiguration, string>("krb5_principal", Text, null, "no line: the server's", (all, value) => all with { Krb5Principal = value }),
        new Keyword<RemoteConfiguration, string>("krb5_client_name", Text, "auditd", "", (all, value) => all with { Krb5ClientName = value }),
        new Keyword<RemoteConfiguration, string>("krb5_key_file", AbsolutePath, "/etc/audit/audisp-remote.key", "0400, root's", (all, value) => all with { Krb5KeyFile = value }),
    ];

    static Keyword<RemoteConfiguration>[] Tls() =>
    [
        .. TlsKeywords.OfKeys<RemoteConfiguration>(ChangeTls, "who this machine says it is"),
        .. TlsKeywords.OfCertificates<RemoteConfiguration>(ChangeTls),
        new Keyword<RemoteConfiguration, string>("tls_server_name", Text, null, "ours: what its certificate must be for; no line: remote_server", (all, value) => all with { Tls = all.Tls with { ServerName = value } }),
    ];

    static RemoteConfiguration ChangeTls(RemoteConfiguration all, Func<TlsConfiguration, TlsConfiguration> change) => all with { Tls = change(all.Tls) };

    static Keyword<RemoteConfiguration, RemoteAction> Action(
        string name, string usual, Func<RemoteConfiguration, RemoteAction, RemoteConfiguration> set, params Do[] kinds) => new(
        name,
        new KeywordGrammar<RemoteAction>(
            "one of " + string.Join(", ", kinds.Select(kind => kind == Do.Exec ? "exec /PROGRAM" : RemoteAction.WordOf(kind))),
            (words, out action) => TryReadAction(words, kinds, out action)),
        usual, "", set);

    static bool TryReadAction(ReadOnlySpan<string> words, Do[] kinds, out RemoteAction action)
    {
        action = default;
        foreach (Do kind in kinds)
        {
            if (!RemoteAction.WordOf(kind).Equals(words[0], StringComparison.OrdinalIgnoreCase))
                continue;
            action = new RemoteAction(kind, kind == Do.Exec && words.Length > 1 ? words[1] : null);
            return kind == Do.Exec ? words.Length == 2 && words[1].StartsWith('/') : words.Length == 1;
        }

        return false;
    }

    static KeywordGrammar<int> LocalPort()
    {
        KeywordGrammar<int> number = Number(1, 65535);
        return new KeywordGrammar<int>("'any' or " + number.Legal, (words, out port) =>
        {
            port = 0;
            return (words.Length == 1 && words[0].Equals("any", StringComparison.OrdinalIgnoreCase)) || number.TryRead(words, out port);
        });
    }
}
