namespace Akashi.Host;

/// <summary>Tells that something changed in a directory, or with a file: inotify(7).</summary>
/// <remarks>What changed is for the caller to find out: changes run together, and an overflow counts as one.</remarks>
public interface IFileWatcher : IDisposable
{
    /// <summary>Waits for a change since the last wait that saw one.</summary>
    /// <returns>False where the time ran out, or <see cref="Wake"/> was called.</returns>
    bool Wait(TimeSpan timeout);

    /// <summary>Ends a wait from another thread; the next one where none is going on.</summary>
    void Wake();
}
