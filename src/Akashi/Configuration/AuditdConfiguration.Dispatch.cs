namespace Akashi.Configuration;

/// <summary>How records reach plugins.</summary>
public sealed partial record AuditdConfiguration
{
    /// <summary>distribute_network: whether plugins get other machines' records too.</summary>
    public bool DistributesNetwork { get; init; }

    /// <summary>q_depth: records of a queue, 1 to 99999.</summary>
    public int QueueRecords { get; init; } = 2000;

    /// <summary>overflow_action: when a queue is full.</summary>
    public LogAction OverflowAction { get; init; } = new(LogActionKind.Syslog);

    /// <summary>max_restarts: how often a plugin that ends is started again.</summary>
    public int RestartsMax { get; init; } = 10;

    /// <summary>plugin_dir: an absolute path; null where no line has it: plugins.d beside auditd.conf.</summary>
    public string? PluginDirectory { get; init; }
}
