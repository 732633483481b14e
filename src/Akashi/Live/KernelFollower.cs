using System.Diagnostics.CodeAnalysis;
using Akashi.Events;
using Akashi.Host;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Live;

/// <summary>Events out of the kernel itself: its multicast group, which changes nothing and is served after the owner.</summary>
/// <remarks>
/// What the kernel drops because this reader is slow, it drops here only: the owner's trail has it. Such drops are counted by their occurrences,
/// since the kernel doesn't tell how many messages each took. Not for several threads, but <see cref="Wake"/>.
/// </remarks>
public sealed class KernelFollower(IKernelEvents events, TimeProvider clock) : IEventSource
{
    const int TextBytesMax = 16 * 1024;

    static readonly TimeSpan s_silence = TimeSpan.FromSeconds(1);

    readonly EventAssembler _assembler = new() { ClosesAtLastRecord = true };
    readonly RecordText _text = new(default);
    readonly byte[] _line = new byte[TextBytesMax];
    bool _hasOpenEvents;
    long _lastReadAt;

    /// <summary>How often the kernel dropped messages for us.</summary>
    public long Overruns { get; private set; }

    /// <summary>Messages that were no records, or not the kernel's.</summary>
    public long BadMessages { get; private set; }

    /// <summary>Whether the kernel ended it.</summary>
    public bool IsClosed { get; private set; }

    /// <inheritdoc/>
    public bool TryNext(TimeSpan timeout, [NotNullWhen(true)] out AuditEvent? next)
    {
        long began = clock.GetTimestamp();
        while (true)
        {
            if (_assembler.TryTake(out next))
                return true;
            if (IsClosed)
                return false;
            if (Receive())
                continue;

            TimeSpan sinceRead = clock.GetElapsedTime(_lastReadAt);
            if (_hasOpenEvents && sinceRead >= s_silence)
            {
                Flush();
                continue;
            }

            TimeSpan left = timeout - clock.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
                return false;
            TimeSpan wait = _hasOpenEvents && s_silence - sinceRead < left ? s_silence - sinceRead : left;
            if (!events.Wait(wait) && wait == left)
                return false;
        }
    }

    /// <inheritdoc/>
    public void Flush()
    {
        _assembler.Flush();
        _hasOpenEvents = false;
    }

    /// <inheritdoc/>
    public void Wake() => events.Wake();

    /// <inheritdoc/>
    public void Dispose() => events.Dispose();

    // True where there may be more.
    bool Receive()
    {
        switch (events.Receive(out KernelMessage message))
        {
            case ReceiveOutcome.Message:
                Add(message);
                return true;
            case ReceiveOutcome.Overrun:
                Overruns++;
                return true;
            case ReceiveOutcome.Closed:
                IsClosed = true;
                _assembler.Flush();
                return true;
            case ReceiveOutcome.Dry:
                return false;
            default:
                BadMessages++;
                return true;
        }
    }

    void Add(in KernelMessage message)
    {
        if (message.Text.Length > TextBytesMax - _text.LengthMax(0))
        {
            BadMessages++;
            return;
        }

        int length = _text.Write((RecordType)message.Type, message.Text, _line);
        if (!Record.TryParse(_line.AsSpan(0, length), out Record record, out _))
        {
            BadMessages++;
            return;
        }

        _lastReadAt = clock.GetTimestamp();
        _hasOpenEvents = true;
        _assembler.Add(record, default);
    }
}
