using Akashi.Host;
using Akashi.Linux.Terminals;

namespace Akashi.Cli.Scriptlive;

/// <summary>A session that nobody records.</summary>
sealed class Unrecorded : IRelayListener
{
    public bool IsFull => false;

    public int MillisecondsLeft => -1;

    public void Shown(ReadOnlySpan<byte> bytes)
    {
    }

    public void Typed(ReadOnlySpan<byte> bytes)
    {
    }

    public void Resized(int rowCount, int columnCount)
    {
    }

    public void Interrupted(Signal signal)
    {
    }

    public void Flush()
    {
    }
}
