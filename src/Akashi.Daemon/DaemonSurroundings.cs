using Akashi.Daemon.Disk;
using Akashi.Daemon.Status;
using Akashi.Host;

namespace Akashi.Daemon;

/// <summary>Whom the daemon tells, and what it may do to the machine.</summary>
public sealed record DaemonSurroundings
{
    /// <summary>Told of what an administrator wants to know: one line, lower case.</summary>
    public Action<string> Say { get; init; } = _ => { };

    /// <summary>Told when the disk begins to refuse.</summary>
    public Action<TrailException> OnRefused { get; init; } = _ => { };

    /// <summary>System log, mail, programs, run level.</summary>
    public IMachineActions Actions { get; init; } = new NoActions();

    /// <summary>Where plugins are configured; null for no plugins.</summary>
    public string? PluginDirectory { get; init; }

    /// <summary>Where records go instead of the trail (<c>-f</c>); null for the trail.</summary>
    public Stream? Output { get; init; }

    /// <summary>The control thread: has the daemon start anew in place, where its owner can; given the process that asks, it returns why not. Null where it can't.</summary>
    public Func<int, string?>? Restart { get; init; }

    /// <summary>Where others find the service, and what it leaves for the one after it; null for nowhere.</summary>
    public ServicePlace? Place { get; init; }
}
