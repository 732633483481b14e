namespace Akashi.Control;

/// <summary>How a plugin is.</summary>
/// <param name="Name">The name of its file in plugins.d, without <c>.conf</c>.</param>
/// <param name="IsActive">False after it ended too often.</param>
/// <param name="Depth">Records that wait.</param>
/// <param name="DepthMax">The most that ever waited.</param>
/// <param name="QueueRecords">Records that its queue holds.</param>
/// <param name="Dropped">Records that found the queue full.</param>
/// <param name="Restarts">How often it was started anew.</param>
public readonly record struct PluginStatus(
    string Name, bool IsActive, long Depth, long DepthMax, int QueueRecords, long Dropped, int Restarts);
