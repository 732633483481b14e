using Akashi.Events;
using Akashi.Records;

namespace Akashi.Daemon.Plugins;

/// <summary>The events of what a plugin reads, joined as they come.</summary>
/// <remarks>An event ends with its last record, or two seconds after its time. Lines that are no records are counted and passed over.</remarks>
/// <param name="input">Where records come from.</param>
/// <param name="clock">The clock.</param>
sealed class PluginEvents(PluginInput input, TimeProvider clock)
{
    static readonly TimeSpan s_waitMax = TimeSpan.FromSeconds(1);

    readonly EventAssembler _assembler = new() { ClosesAtLastRecord = true };
    readonly byte[] _line = new byte[PluginFrames.TextBytesMax + RecordText.OverheadBytes];

    /// <summary>Lines that were no records.</summary>
    public long BadLines { get; private set; }

    /// <summary>Whether the input ended, and every event was taken.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Takes the next event, which is valid until the next call.</summary>
    /// <param name="timeout">How long to wait for one.</param>
    /// <returns>Null where none came.</returns>
    public AuditEvent? Take(TimeSpan timeout)
    {
        long began = clock.GetTimestamp();
        while (true)
        {
            if (_assembler.TryTake(out AuditEvent? ready))
                return ready;
            if (input.TryPeek(out PluginRecord record))
            {
                Add(record);
                input.Release();
            }
            else if (input.IsAtEnd)
            {
                _assembler.Flush();
                if (!_assembler.HasReady)
                {
                    IsAtEnd = true;
                    return null;
                }
            }
            else
            {
                TimeSpan left = timeout - clock.GetElapsedTime(began);
                if (left <= TimeSpan.Zero)
                    return null;
                input.Wait(left < s_waitMax ? left : s_waitMax);
                _assembler.ExpireBefore(clock.GetUtcNow().ToUnixTimeSeconds());
            }
        }
    }

    void Add(in PluginRecord given)
    {
        ReadOnlySpan<byte> line = _line.AsSpan(0, given.WriteLine(_line) - 1);
        if (Record.TryParse(line, out Record record, out _))
            _assembler.Add(record, default);
        else
            BadLines++;
    }
}
