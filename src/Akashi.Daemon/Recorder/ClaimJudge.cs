using Akashi.Host;
using Akashi.Linux.Processes;

namespace Akashi.Daemon.Recorder;

/// <summary>What becomes of a claim.</summary>
public enum ClaimVerdict
{
    /// <summary>It's recorded.</summary>
    Record,

    /// <summary>It lives inside a recording: its real shell starts as it is.</summary>
    Nested,

    /// <summary>It isn't recorded, and the login side does as its policy says.</summary>
    Refused,
}

/// <summary>A recording that goes on.</summary>
/// <param name="Ses">The kernel's session.</param>
/// <param name="Outer">The number of the login's terminal; 0 where it isn't known.</param>
/// <param name="Inner">The number of the session's own; 0 where it isn't known.</param>
public readonly record struct LiveTerminals(uint Ses, int Outer, int Inner);

/// <summary>The terminal of a claim, as the kernel describes it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="IsLogins">Whether a login server holds its other end, or it has none.</param>
/// <param name="IsAwaited">Whether who asks shares it with nobody but a login program that waits.</param>
public readonly record struct ClaimedTerminal(int Number, uint Owner, bool IsLogins, bool IsAwaited);

/// <summary>Decides on claims, from what the kernel says alone: docs/recorder.md.</summary>
public static class ClaimJudge
{
    /// <summary>Decides.</summary>
    /// <param name="peer">Who asks.</param>
    /// <param name="connectedUid">Its effective user when it connected.</param>
    /// <param name="terminal">What it asks for.</param>
    /// <param name="live">What is recorded now.</param>
    /// <param name="reason">Why it's refused; empty for another verdict.</param>
    public static ClaimVerdict Judge(
        PeerProcess peer, uint connectedUid, ClaimedTerminal terminal, IReadOnlyCollection<LiveTerminals> live, out string reason)
    {
        reason = FindFault(peer, connectedUid, terminal, live);
        if (reason.Length > 0)
            return ClaimVerdict.Refused;
        if (live.Any(recording => recording.Inner == terminal.Number))
            return ClaimVerdict.Nested;

        // A ses is one login: but a login may have several terminals, and each is its own.
        if (!terminal.IsLogins && peer.Ses != ProcessIdentity.Unset && live.Any(recording => recording.Ses == peer.Ses))
            return ClaimVerdict.Nested;

        // Taking the terminal leaves every process of its session without one: only for who has the session to itself.
        if (peer.Leader != peer.Pid && !terminal.IsAwaited)
            reason = "it isn't the leader of its terminal's session";
        else if (terminal.Owner != peer.Uid)
            reason = "the terminal belongs to another user";
        return reason.Length > 0 ? ClaimVerdict.Refused : ClaimVerdict.Record;
    }

    static string FindFault(PeerProcess peer, uint connectedUid, ClaimedTerminal terminal, IReadOnlyCollection<LiveTerminals> live)
    {
        if (peer.Uid != connectedUid || peer.EffectiveUid != connectedUid)
            return "it runs as two users";
        if (terminal.Number != peer.Terminal)
            return "it isn't its controlling terminal";
        return live.Any(recording => recording.Outer == terminal.Number) ? "the terminal is recorded already" : "";
    }
}
