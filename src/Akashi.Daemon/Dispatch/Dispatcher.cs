using Akashi.Configuration;
using Akashi.Control;
using Akashi.Daemon.Disk;
using Akashi.Host;

namespace Akashi.Daemon.Dispatch;

/// <summary>Gives every record to every plugin: one queue and one thread each, so that a slow one harms no other and never the kernel.</summary>
/// <remarks>Used by the write stage's thread alone; the counts may be read by any. What a full queue costs is said in the trail.</remarks>
public sealed class Dispatcher : IDisposable
{
    const int WarningsMax = 5;

    readonly List<Plugin> _plugins = [];
    readonly LogAction _overflowAction;
    readonly DaemonSurroundings _surroundings;
    long _unsaidRecords;
    int _warnings;
    bool _isAnswered;

    /// <summary>Starts the plugins; one that can't be started is said and left out.</summary>
    public Dispatcher(
        IFiles files, AuditdConfiguration configuration, IReadOnlyList<PluginConfiguration> plugins, DaemonSurroundings surroundings)
    {
        _surroundings = surroundings;
        _overflowAction = configuration.OverflowAction;
        QueueRecords = configuration.QueueRecords;
        bool isPlain = configuration.LogFormat == LogFormat.Raw && configuration.NameFormat == NameFormat.None;
        foreach (PluginConfiguration plugin in plugins)
        {
            try
            {
                _plugins.Add(new Plugin(files, plugin, QueueRecords, configuration.RestartsMax, isPlain ? 0u : 1u, surroundings.Say));
            }
            catch (AuditException exception)
            {
                surroundings.Say($"plugin {plugin.Name}: {exception.Message}");
            }
        }
    }

    /// <summary>Whether anybody listens.</summary>
    public bool HasPlugins => _plugins.Count > 0;

    /// <summary>Plugins that run.</summary>
    public int ActiveCount => _plugins.Count(plugin => plugin.IsActive);

    /// <summary>Records that a queue holds at most.</summary>
    public int QueueRecords { get; }

    /// <summary>Records that wait in the longest queue.</summary>
    public long Depth => _plugins.Select(plugin => plugin.Depth).DefaultIfEmpty().Max();

    /// <summary>The most that ever waited in one.</summary>
    public long DepthMax => _plugins.Select(plugin => plugin.DepthMax).DefaultIfEmpty().Max();

    /// <summary>Records that a plugin didn't get because its queue was full, added up over the plugins.</summary>
    public long Dropped => _plugins.Sum(plugin => plugin.Dropped);

    /// <summary>Of those, the ones that the trail wasn't told of yet.</summary>
    public long UnsaidRecords => Volatile.Read(ref _unsaidRecords);

    /// <summary>Whether nothing is given on until SIGUSR2.</summary>
    public bool IsSuspended { get; private set; }

    /// <summary>Gives a record to all.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="line">Its line without a line feed.</param>
    public void Give(ushort type, ReadOnlySpan<byte> line)
    {
        if (IsSuspended)
        {
            _unsaidRecords++;
            return;
        }

        foreach (Plugin plugin in _plugins)
        {
            if (!plugin.TryGive(type, line))
                Overflow(plugin);
        }
    }

    /// <summary>Shows the plugins what they were given.</summary>
    public void Publish()
    {
        foreach (Plugin plugin in _plugins)
            plugin.Publish();
    }

    /// <summary>What full queues cost and nobody said yet; asked for once all queues have room again.</summary>
    /// <returns>0 for nothing, or not yet.</returns>
    public long TakeLoss()
    {
        if (_unsaidRecords == 0 || IsSuspended || Depth >= QueueRecords / 2)
            return 0;
        long records = _unsaidRecords;
        _unsaidRecords = 0;
        _isAnswered = false;
        return records;
    }

    /// <summary>What full queues cost and nobody said yet, whatever the queues are: before an end.</summary>
    public long TakeRest()
    {
        long records = _unsaidRecords;
        _unsaidRecords = 0;
        return records;
    }

    /// <summary>Any thread: how each plugin is.</summary>
    public IReadOnlyList<PluginStatus> Describe() => [.. _plugins.Select(plugin => new PluginStatus(
        plugin.Name, plugin.IsActive, plugin.Depth, plugin.DepthMax, QueueRecords, plugin.Dropped, plugin.Restarts))];

    /// <summary>SIGUSR2.</summary>
    public void Resume() => IsSuspended = false;

    /// <summary>Ends the plugins.</summary>
    public void Dispose() => Parallel.ForEach(_plugins, plugin => plugin.Dispose());

    void Overflow(Plugin plugin)
    {
        _unsaidRecords++;
        if (_overflowAction.Kind == LogActionKind.Ignore || (_isAnswered && _overflowAction.Kind != LogActionKind.Syslog))
            return;
        bool isFirst = !_isAnswered;
        _isAnswered = true;
        if (isFirst && _warnings++ < WarningsMax)
            _surroundings.Actions.Say($"the queue of plugin {plugin.Name} is full: records are counted and dropped");
        switch (_overflowAction.Kind)
        {
            case LogActionKind.Suspend:
                IsSuspended = true;
                break;
            case LogActionKind.Single:
                _surroundings.Actions.ChangeRunLevel(RunLevel.SingleUser);
                break;
            case LogActionKind.Halt:
                _surroundings.Actions.ChangeRunLevel(RunLevel.Halt);
                break;
        }
    }
}
