using System.Diagnostics.CodeAnalysis;

namespace Akashi.Events;

/// <summary>Events as they happen: from a trail that is being written, or from the kernel.</summary>
public interface IEventSource : IDisposable
{
    /// <summary>Waits for the next event.</summary>
    /// <param name="timeout">The longest wait.</param>
    /// <param name="next">The event, valid until the next call; null where there is none.</param>
    /// <returns>False where the time ran out, or <see cref="Wake"/> was called.</returns>
    bool TryNext(TimeSpan timeout, [NotNullWhen(true)] out AuditEvent? next);

    /// <summary>Has the events that are still open come out of <see cref="TryNext"/> as they are: nobody waits for the rest of them any more.</summary>
    void Flush();

    /// <summary>Ends a wait from another thread; the next one where none is going on.</summary>
    void Wake();
}
