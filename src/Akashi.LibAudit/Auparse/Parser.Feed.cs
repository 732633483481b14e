using System.Runtime.InteropServices;
using Akashi.Records;

namespace Akashi.LibAudit.Auparse;

// Bytes that the host hands over as they come, and the function of the host that gets each event.
sealed unsafe partial class Parser
{
    delegate* unmanaged<nint, int, void*, void> _callback;
    delegate* unmanaged<void*, void> _end;
    void* _data;
    bool _isCalling;

    /// <summary>Sets the function that is called with each event.</summary>
    /// <param name="callback">The function; NULL for none.</param>
    /// <param name="data">What it's called with.</param>
    /// <param name="end">Called with the data when it's not needed any more; NULL for nothing.</param>
    internal void SetCallback(delegate* unmanaged<nint, int, void*, void> callback, void* data, delegate* unmanaged<void*, void> end)
    {
        EndCallback();
        _callback = callback;
        _data = data;
        _end = end;
    }

    /// <summary>Takes bytes, and calls the host with each event that they make whole.</summary>
    internal void Feed(ReadOnlySpan<byte> bytes)
    {
        _assembler.TimeoutSeconds = TimeoutSeconds;
        _input.Feed(bytes);
        TakeFed();
    }

    /// <summary>Says that nothing more comes: all that is open is over.</summary>
    internal void FlushFeed()
    {
        TakeFed();
        if (IsDisposed)
            return;
        if (_input.TryTakeRest(out Record record, out RecordFault fault))
            Add(record, fault);
        _assembler.Flush();
        CallBack();
    }

    /// <summary>Calls the host with the events that are over by the clock.</summary>
    internal void AgeEvents()
    {
        _assembler.TimeoutSeconds = TimeoutSeconds;
        _assembler.ExpireBefore(Host.Clock.GetUtcNow().ToUnixTimeSeconds());
        CallBack();
    }

    /// <summary>Whether records wait for the rest of their event.</summary>
    internal bool HasOpen => _assembler.PendingCount > 0;

    /// <summary>Whether an event is whole and wasn't taken.</summary>
    internal bool HasReady => _assembler.HasReady;

    // A host may feed inside its function: its events come once the one that it looks at is done with.
    void TakeFed()
    {
        if (_isCalling)
            return;
        while (!IsDisposed && _input.TryTake(out Record record, out RecordFault fault))
        {
            Add(record, fault);
            if (_assembler.HasReady)
                CallBack();
        }
    }

    // An event without anybody to take it is gone, as in the original.
    void CallBack()
    {
        if (_isCalling)
            return;
        _isCalling = true;
        try
        {
            while (!IsDisposed && _assembler.HasReady)
            {
                Show();
                if (_callback != null)
                    _callback(Pointer, 0, _data);
            }
        }
        finally
        {
            _isCalling = false;
        }

        if (!IsDisposed)
            NoEvent(0);
    }

    void EndCallback()
    {
        delegate* unmanaged<void*, void> end = _end;
        void* data = _data;
        _callback = null;
        _data = null;
        _end = null;
        if (end != null)
            end(data);
    }
}
