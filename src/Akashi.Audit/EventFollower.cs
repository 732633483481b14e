using System.Diagnostics.CodeAnalysis;
using Akashi.Events;
using Akashi.Host;
using Akashi.Linux;
using Akashi.Live;
using Akashi.Trail;

namespace Akashi.Audit;

/// <summary>Events as they happen. Not for several threads, but <see cref="Wake"/>.</summary>
/// <example>
/// <code>
/// using EventFollower follower = EventFollower.FollowTrail(since: DateTimeOffset.UtcNow);
/// while (follower.TryNext(TimeSpan.FromSeconds(10), out AuditEvent? happened))
///     Console.Write(happened);
/// </code>
/// </example>
public sealed class EventFollower : IDisposable
{
    readonly IEventSource _source;
    readonly AuditSearch? _search;
    readonly long _sinceUnixMilliseconds;
    AuditEvent? _current;

    EventFollower(IEventSource source, AuditSearch? search, long sinceUnixMilliseconds)
    {
        _source = source;
        _search = search;
        _sinceUnixMilliseconds = sinceUnixMilliseconds;
    }

    /// <summary>Follows a trail while it's written, rotated and truncated.</summary>
    /// <param name="path">The log being written, or the directory of a trail, whose log is <c>audit.log</c>.</param>
    /// <param name="since">The time of the first event that is wanted; null for all that there are.</param>
    /// <param name="search">Which events are wanted; null for all.</param>
    /// <exception cref="AuditReadException">It can't be opened.</exception>
    public static EventFollower FollowTrail(string path = EventReader.DefaultPath, DateTimeOffset? since = null, AuditSearch? search = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        long unixMilliseconds = since?.ToUnixTimeMilliseconds() ?? 0;
        return Open(host => new TrailFollower(host.Files, host.Clock, EventReader.LogOf(host.Files, path), unixMilliseconds), search, unixMilliseconds);
    }

    /// <summary>Follows the kernel's own multicast group: takes CAP_AUDIT_READ, changes nothing, and sees what happens from now on whoever owns the audit.</summary>
    /// <param name="search">Which events are wanted; null for all.</param>
    /// <exception cref="AuditReadException">The kernel refuses.</exception>
    public static EventFollower FollowKernel(AuditSearch? search = null) =>
        Open(host => new KernelFollower(host.JoinAuditMulticast(), host.Clock), search, 0);

    /// <summary>Waits for the next event.</summary>
    /// <param name="timeout">The longest wait.</param>
    /// <param name="happened">The event, valid until the next call; null where there is none.</param>
    /// <returns>False where the time ran out, or <see cref="Wake"/> was called.</returns>
    /// <exception cref="AuditReadException">It can't be read any more.</exception>
    public bool TryNext(TimeSpan timeout, [NotNullWhen(true)] out AuditEvent? happened)
    {
        happened = null;
        long began = TimeProvider.System.GetTimestamp();
        try
        {
            TimeSpan left = timeout;
            while (_source.TryNext(left, out Events.AuditEvent? next))
            {
                bool isWanted = next.Stamp.UnixMilliseconds >= _sinceUnixMilliseconds && _search?.Plan.Matches(next) != false
                    && _search?.Plan.Times.Contains(next.Stamp) != false;
                if (isWanted)
                {
                    happened = Hold(next);
                    return true;
                }

                left = timeout - TimeProvider.System.GetElapsedTime(began);
                if (left < TimeSpan.Zero)
                    left = TimeSpan.Zero;
            }

            return false;
        }
        catch (AuditException fault)
        {
            throw new AuditReadException(fault);
        }
    }

    /// <summary>Ends a wait from another thread; the next one where none is going on.</summary>
    public void Wake() => _source.Wake();

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    AuditEvent Hold(Events.AuditEvent next)
    {
        if (_current is null)
            return _current = new AuditEvent(next, MachineWords.Make);
        _current.Become(next);
        return _current;
    }

    static EventFollower Open(Func<IHost, IEventSource> open, AuditSearch? search, long sinceUnixMilliseconds)
    {
        try
        {
            return new EventFollower(open(new LinuxHost()), search, sinceUnixMilliseconds);
        }
        catch (AuditException fault)
        {
            throw new AuditReadException(fault);
        }
    }
}
