namespace Akashi.Linux.Terminals;

/// <summary>What lives at the other end of a <see cref="PtyRelay"/>'s terminal, as far as its end goes.</summary>
public abstract class RelayedSession : IDisposable
{
    /// <summary>Readable, for poll(2), once <see cref="TryTakeEnd"/> has something to look at.</summary>
    internal abstract int Descriptor { get; }

    /// <summary>Looks whether it has ended; without waiting.</summary>
    /// <param name="exitCode">Its exit code as shells have it; 0 where false is returned.</param>
    internal abstract bool TryTakeEnd(out int exitCode);

    /// <summary>Ends it: we were told to end.</summary>
    internal abstract void End();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives back what it holds.</summary>
    protected abstract void Dispose(bool disposing);
}
