using Akashi.Events;

namespace Akashi.Live;

/// <summary>Where each login session came from: learnt from the records of its login, asked for by all that follow.</summary>
/// <remarks>
/// Every node has a page of its own, since session and process numbers mean something on their own machine only. Questions are about the event
/// that was learnt last: its node, its time. The book is bounded; what was forgotten is shown without its address, which is
/// better than with that of another.
/// </remarks>
public sealed class SessionBook
{
    const int NodesMax = 256;

    readonly List<SessionBookPage> _pages = [];
    SessionBookPage _current = new([]);
    long _now;

    /// <summary>Makes an empty book.</summary>
    public SessionBook() => _pages.Add(_current);

    /// <summary>The address a session came from; empty where it isn't known, or the session is local.</summary>
    public ReadOnlySpan<byte> AddressOf(uint session) => _current.AddressOf(session);

    /// <summary>The address that a process spoke of, minutes ago at most, before it had a session.</summary>
    public ReadOnlySpan<byte> AddressOfProcess(uint pid) => _current.AddressOfProcess(pid, _now);

    /// <summary>Learns what an event tells.</summary>
    public void Learn(AuditEvent auditEvent)
    {
        _now = auditEvent.Stamp.UnixMilliseconds;
        ReadOnlySpan<byte> node = auditEvent.Node;
        if (!node.SequenceEqual(_current.Node))
            _current = PageOf(node);
        for (int index = 0; index < auditEvent.Count; index++)
        {
            if (SessionBookPage.IsTelling(auditEvent.TypeAt(index)))
                _current.Learn(auditEvent[index], _now);
        }
    }

    /// <summary>Whether a program left a value open: <c>?</c>, <c>(none)</c>, empty.</summary>
    internal static bool IsUnknown(ReadOnlySpan<byte> value) =>
        value.IsEmpty || value.SequenceEqual("?"u8) || value.StartsWith("(none"u8) || value.StartsWith("(null"u8)
        || value.SequenceEqual("UNKNOWN"u8);

    SessionBookPage PageOf(ReadOnlySpan<byte> node)
    {
        foreach (SessionBookPage page in _pages)
        {
            if (node.SequenceEqual(page.Node))
                return page;
        }

        if (_pages.Count >= NodesMax)
            _pages.Clear();
        var added = new SessionBookPage(node.ToArray());
        _pages.Add(added);
        return added;
    }
}
