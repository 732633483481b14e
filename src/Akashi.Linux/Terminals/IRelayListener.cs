using Akashi.Host;

namespace Akashi.Linux.Terminals;

/// <summary>Hears what passes through a <see cref="PtyRelay"/>; always on its thread.</summary>
public interface IRelayListener
{
    /// <summary>Whether the session is to be ended: its files are large enough.</summary>
    bool IsFull { get; }

    /// <summary>Milliseconds until <see cref="Flush"/> must be called; -1 for not at all.</summary>
    int MillisecondsLeft { get; }

    /// <summary>The session showed these bytes; valid during the call.</summary>
    void Shown(ReadOnlySpan<byte> bytes);

    /// <summary>These bytes were typed; valid during the call.</summary>
    void Typed(ReadOnlySpan<byte> bytes);

    /// <summary>The terminal got another size.</summary>
    void Resized(int rowCount, int columnCount);

    /// <summary>We were told to end by a signal.</summary>
    void Interrupted(Signal signal);

    /// <summary>What waits in memory is to be written.</summary>
    void Flush();
}
