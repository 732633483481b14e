using Akashi.Recordings;

namespace Akashi.Linux.Terminals;

/// <summary>Hears what a session was sent through a <see cref="PtyRelay"/>; always on its thread.</summary>
public interface IInputListener
{
    /// <summary>The session's terminal took these bytes; valid during the call.</summary>
    /// <param name="bytes">What was typed.</param>
    /// <param name="echo">What the terminal shows of it, of what it said before and after the stricter; <see cref="InputEcho.Raw"/> where echo went off in between.</param>
    void Sent(ReadOnlySpan<byte> bytes, InputEcho echo);
}
