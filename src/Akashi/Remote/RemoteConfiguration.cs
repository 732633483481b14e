using Akashi.Configuration;

namespace Akashi.Remote;

/// <summary>audisp-remote.conf: where records go, and what is done where that fails.</summary>
public sealed record RemoteConfiguration
{
    /// <summary>The usual file.</summary>
    public const string DefaultPath = "/etc/audit/audisp-remote.conf";

    /// <summary>remote_server: a name or an address; empty for none.</summary>
    public string Server { get; init; } = "";

    /// <summary>port: 1 to 65535.</summary>
    public int Port { get; init; } = 60;

    /// <summary>local_port: 0 for any.</summary>
    public int LocalPort { get; init; }

    /// <summary>transport.</summary>
    public RemoteTransport Transport { get; init; }

    /// <summary>mode = forward: records wait in a file, not in memory.</summary>
    public bool QueuesInFile { get; init; }

    /// <summary>queue_file.</summary>
    public string QueueFile { get; init; } = "/var/spool/audit/remote.log";

    /// <summary>queue_depth: records.</summary>
    public int QueueRecords { get; init; } = 2048;

    /// <summary>format = ascii: lines, which nobody acknowledges.</summary>
    public bool IsAscii { get; init; }

    /// <summary>network_retry_time: seconds.</summary>
    public int RetrySeconds { get; init; } = 1;

    /// <summary>max_tries_per_record.</summary>
    public int TriesMax { get; init; } = 3;

    /// <summary>max_time_per_record: seconds.</summary>
    public int SecondsPerRecordMax { get; init; } = 5;

    /// <summary>heartbeat_timeout: seconds; 0 for none.</summary>
    public int HeartbeatSeconds { get; init; }

    /// <summary>network_failure_action.</summary>
    public RemoteAction NetworkFailureAction { get; init; } = new(RemoteActionKind.Stop);

    /// <summary>disk_low_action.</summary>
    public RemoteAction DiskLowAction { get; init; } = new(RemoteActionKind.Ignore);

    /// <summary>disk_full_action.</summary>
    public RemoteAction DiskFullAction { get; init; } = new(RemoteActionKind.WarnOnce);

    /// <summary>disk_error_action.</summary>
    public RemoteAction DiskErrorAction { get; init; } = new(RemoteActionKind.WarnOnce);

    /// <summary>remote_ending_action.</summary>
    public RemoteAction EndingAction { get; init; } = new(RemoteActionKind.Reconnect);

    /// <summary>generic_error_action.</summary>
    public RemoteAction GenericErrorAction { get; init; } = new(RemoteActionKind.Syslog);

    /// <summary>generic_warning_action.</summary>
    public RemoteAction GenericWarningAction { get; init; } = new(RemoteActionKind.Syslog);

    /// <summary>queue_error_action.</summary>
    public RemoteAction QueueErrorAction { get; init; } = new(RemoteActionKind.Stop);

    /// <summary>overflow_action.</summary>
    public RemoteAction OverflowAction { get; init; } = new(RemoteActionKind.Syslog);

    /// <summary>startup_failure_action.</summary>
    public RemoteAction StartupFailureAction { get; init; } = new(RemoteActionKind.WarnOnceContinue);

    /// <summary>krb5_principal; empty for the server's.</summary>
    public string Krb5Principal { get; init; } = "";

    /// <summary>krb5_client_name.</summary>
    public string Krb5ClientName { get; init; } = "auditd";

    /// <summary>krb5_key_file.</summary>
    public string Krb5KeyFile { get; init; } = "/etc/audit/audisp-remote.key";

    /// <summary>The keys of transport = tls.</summary>
    public TlsConfiguration Tls { get; init; } = new();

    /// <summary>compress: whether records that wait go packed, to a receiver of ours.</summary>
    public bool Packs { get; init; } = true;

    /// <summary>The programs that actions run, with their keyword.</summary>
    public IEnumerable<(string Keyword, string Program)> Programs()
    {
        (string Keyword, RemoteAction Action)[] all =
        [
            ("network_failure_action", NetworkFailureAction), ("disk_low_action", DiskLowAction), ("disk_full_action", DiskFullAction),
            ("disk_error_action", DiskErrorAction), ("remote_ending_action", EndingAction), ("generic_error_action", GenericErrorAction),
            ("generic_warning_action", GenericWarningAction), ("queue_error_action", QueueErrorAction), ("startup_failure_action", StartupFailureAction),
        ];
        foreach ((string keyword, RemoteAction action) in all)
        {
            if (action.Program is { } program)
                yield return (keyword, program);
        }
    }
}
