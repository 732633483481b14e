namespace Akashi.Host;

/// <summary>One datagram of the kernel's audit: a record type and its text.</summary>
/// <param name="type">The record type, such as 1300.</param>
/// <param name="text">What follows <c>msg=</c> in the log: <c>audit(SEC.MSC:SERIAL): …</c>, bytes as the kernel sent them.
/// Valid until the next receive.</param>
public readonly ref struct KernelMessage(ushort type, ReadOnlySpan<byte> text)
{
    /// <summary>The record type, nlmsg_type.</summary>
    public ushort Type { get; } = type;

    /// <summary>The text, without a NUL at its end.</summary>
    public ReadOnlySpan<byte> Text { get; } = text;
}

/// <summary>What a receive found.</summary>
public enum ReceiveOutcome
{
    /// <summary>A message.</summary>
    Message,

    /// <summary>The socket is dry; the wait ended without a message.</summary>
    Dry,

    /// <summary>The socket's buffer overran (ENOBUFS): messages were dropped before they could be read.</summary>
    Overrun,

    /// <summary>A datagram longer than the largest record (MSG_TRUNC); it was dropped.</summary>
    Truncated,

    /// <summary>A datagram that doesn't come from the kernel (nl_pid is not 0), is too short for a header or contradicts its own
    /// length; it was dropped.</summary>
    Foreign,

    /// <summary>The source is at its end; nothing more will come.</summary>
    Closed,
}

/// <summary>Where the events of the kernel come out, once this process owns its audit or has joined its multicast group.</summary>
public interface IKernelEvents : IDisposable
{
    /// <summary>Takes the next message without waiting.</summary>
    /// <remarks>Allocates nothing. The message is valid until the next call.</remarks>
    ReceiveOutcome Receive(out KernelMessage message);

    /// <summary>Waits until there is something to receive.</summary>
    /// <returns>False where the time ran out, or <see cref="Wake"/> was called.</returns>
    bool Wait(TimeSpan timeout);

    /// <summary>Waits though there may be something to receive, so that messages gather; ended by <see cref="Wake"/>.</summary>
    void Rest(TimeSpan duration);

    /// <summary>Whether messages were taken from the kernel and not handed out yet.</summary>
    bool HoldsMessages => false;

    /// <summary>Whether what came during a pause isn't all read yet: another pause now might cost records.</summary>
    bool IsBehind => false;

    /// <summary>Any thread: nobody may read for a while. The source makes room for what comes, and takes it back as it's read.</summary>
    void ExpectPause() { }

    /// <summary>Whether the source outlives execve(2), so that the program that follows can adopt it (<see cref="IHost.AdoptAuditEvents"/>).</summary>
    /// <returns>Its descriptor; null where it can't.</returns>
    int? SetOutlivesExec(bool outlives) => null;

    /// <summary>Ends a wait or rest from another thread; the next one where none is going on.</summary>
    void Wake();

    /// <summary>Has the kernel send no more: gives its audit back (AUDIT_SET pid 0), or leaves the multicast group.</summary>
    /// <remarks>
    /// What arrived before can still be received; after the last of it comes <see cref="ReceiveOutcome.Closed"/> instead of
    /// <see cref="ReceiveOutcome.Dry"/>. Dispose releases too, dropping what wasn't received.
    /// </remarks>
    /// <exception cref="KernelRequestException">The kernel refuses: another process owns its audit by now.</exception>
    void Release();
}
