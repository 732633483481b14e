namespace Akashi.Linux.Terminals;

/// <summary>Types into a <see cref="PtyRelay"/> at times of its own; always on its thread.</summary>
public interface IRelayTypist
{
    /// <summary>Milliseconds until it types; 0 for now.</summary>
    int MillisecondsLeft { get; }

    /// <summary>Types.</summary>
    /// <param name="destination">Gets the bytes.</param>
    /// <returns>How many; 0 at its end, which ends the session's input.</returns>
    int Type(Span<byte> destination);
}
