using Akashi.Daemon.Disk;

namespace Akashi.Daemon;

/// <summary>Records to a stream instead of a trail: <c>auditd -f</c>.</summary>
/// <param name="stream">The stream; null for nowhere: <c>write_logs = no</c>.</param>
/// <param name="ledger">Counts what a reader that went away costs.</param>
public sealed class StreamSink(Stream? stream, DiskLedger ledger) : IGroupSink
{
    /// <inheritdoc/>
    public bool IsHeld => false;

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> lines, int records)
    {
        if (!TryWrite(lines, records))
            ledger.Refuse(records);
    }

    /// <inheritdoc/>
    public bool TryWrite(ReadOnlySpan<byte> lines, int records)
    {
        if (stream is null)
            return true;
        try
        {
            stream.Write(lines);
            stream.Flush();
            ledger.Take(records);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Idle()
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
