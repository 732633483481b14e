using Akashi.Host;

namespace Akashi.Trail;

/// <summary>Says after a while that something may have changed: where inotify has no watch left, or the files lie on another machine.</summary>
/// <param name="interval">How long "a while" is.</param>
sealed class PollingWatcher(TimeSpan interval) : IFileWatcher
{
    readonly SemaphoreSlim _woken = new(0);

    /// <inheritdoc/>
    public bool Wait(TimeSpan timeout) => !_woken.Wait(timeout < interval ? timeout : interval) && timeout >= interval;

    /// <inheritdoc/>
    public void Wake() => _woken.Release();

    /// <inheritdoc/>
    public void Dispose() => _woken.Dispose();
}
