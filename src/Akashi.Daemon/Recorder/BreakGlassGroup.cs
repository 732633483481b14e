using Akashi.Host;

namespace Akashi.Daemon.Recorder;

/// <summary>The number of the group that is let in where nothing can be recorded.</summary>
/// <remarks>It's asked for in a thread of its own, since a directory server may hang; and again, since it may not be there yet when the machine starts.</remarks>
/// <param name="accounts">Where groups come from.</param>
sealed class BreakGlassGroup(IAccounts accounts)
{
    volatile Answer? _known;
    volatile string? _asked;

    /// <summary>Asks for it unless it's known, or being asked for; the service's thread alone.</summary>
    /// <param name="name">The group; empty for none.</param>
    /// <param name="isAnew">Whether also where it's known.</param>
    public void Ask(string name, bool isAnew = false)
    {
        if (name.Length == 0 || _asked == name || (!isAnew && Find(name) is not null))
            return;
        _asked = name;
        new Thread(() => Answered(name), 192 * 1024) { IsBackground = true, Name = "group" }.Start();
    }

    /// <summary>Its number, as far as is known; null where it isn't.</summary>
    /// <param name="name">The group that is configured now: a late answer for another is none for it.</param>
    public uint? Find(string name) => _known is { } known && known.Name == name ? known.Gid : null;

    void Answered(string name)
    {
        if (accounts.TryFindGroup(name, out uint gid) && _asked == name)
            _known = new Answer(name, gid);
        if (_asked == name)
            _asked = null;
    }

    sealed record Answer(string Name, uint Gid);
}
