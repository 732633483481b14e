using System.Buffers.Text;
using Akashi.Linux.Sockets;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Linux.Terminals;

/// <summary>A session whose shell is a child of the login side: its end comes as a message, <c>exit N</c>, or as the end of the connection.</summary>
/// <param name="connection">The login's; stays the caller's.</param>
public sealed class LoginSession(MessageSocket connection) : RelayedSession
{
    /// <summary>Whether the login side told the shell's exit code; else it was killed.</summary>
    public bool IsExitKnown { get; private set; }

    /// <summary>What the login side says at the end.</summary>
    public static ReadOnlySpan<byte> ExitWord => "exit "u8;

    internal override int Descriptor => connection.Descriptor;

    internal override bool TryTakeEnd(out int exitCode)
    {
        Span<byte> message = stackalloc byte[64];
        exitCode = 0;
        MessageOutcome outcome = connection.Receive(message, out int length, out SafeFileHandle? given);
        given?.Dispose();
        if (outcome == MessageOutcome.None)
            return false;

        // Whatever else it says ends it as well: only a program of the user's own speaks so.
        ReadOnlySpan<byte> text = message[..length];
        IsExitKnown = outcome == MessageOutcome.Message && text.StartsWith(ExitWord)
            && Utf8Parser.TryParse(text[ExitWord.Length..], out exitCode, out int used) && used + ExitWord.Length == length && exitCode is >= 0 and <= 255;
        if (!IsExitKnown)
            exitCode = 0;
        return true;
    }

    // Its terminal is hung up by whoever holds the master: its shell gets SIGHUP of the kernel.
    internal override void End()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
