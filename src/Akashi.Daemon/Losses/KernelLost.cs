using System.Buffers.Text;
using Akashi.Control;

namespace Akashi.Daemon.Losses;

/// <summary>Follows the kernel's count of lost records, which anybody with the right may set back to 0 (<c>auditctl --reset-lost</c>).</summary>
/// <remarks>
/// The kernel is asked every few seconds. Where its count is lower than before, it was set back meanwhile: what it counted since counts, and how many it
/// had before, the CONFIG_CHANGE record of the reset tells (<c>lost=0 old=12</c>), whichever comes first. Where that record is missing, and between two
/// resets, some may stay uncounted: the count is a least. For several threads.
/// </remarks>
/// <param name="ledger">Gets the count.</param>
public sealed class KernelLost(LossLedger ledger)
{
    readonly Lock _gate = new();
    uint _last;
    uint? _beforeReset;
    bool _isBegun;

    /// <summary>The kernel's count, as it tells it now. What it had at the first call was lost before our time.</summary>
    public void Look(uint lost)
    {
        lock (_gate)
        {
            if (_isBegun && lost >= _last)
                ledger.Add(LossSource.Kernel, lost - _last);
            else if (_isBegun)
                NoteLower(lost);
            _last = lost;
            _isBegun = true;
        }
    }

    /// <summary>The kernel's count at the last look; null before the first.</summary>
    public uint? Last
    {
        get
        {
            lock (_gate)
                return _isBegun ? _last : null;
        }
    }

    /// <summary>The text of a CONFIG_CHANGE record; one that isn't about the count does nothing.</summary>
    public void NoteChange(ReadOnlySpan<byte> text)
    {
        if (!TryReadReset(text, out uint old))
            return;
        lock (_gate)
        {
            if (!_isBegun)
                return;
            uint before = _beforeReset ?? _last;
            if (old > before)
                ledger.Add(LossSource.Kernel, old - before);
            if (_beforeReset is null)
                _last = 0;
            _beforeReset = null;
        }
    }

    void NoteLower(uint lost)
    {
        _beforeReset = _last;
        ledger.Add(LossSource.Kernel, lost);
    }

    // op=set lost=0 old=12 …, audit_log_config_change in kernel/audit.c.
    static bool TryReadReset(ReadOnlySpan<byte> text, out uint old)
    {
        ReadOnlySpan<byte> mark = " lost=0 old="u8;
        old = 0;
        int index = text.IndexOf(mark);
        return index >= 0 && Utf8Parser.TryParse(text[(index + mark.Length)..], out old, out _);
    }
}
