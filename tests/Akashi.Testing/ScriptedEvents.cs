using System.Text;
using Akashi.Host;

namespace Akashi.Testing;

/// <summary>A source of kernel events that says what a test wrote down, one outcome after the other.</summary>
public sealed class ScriptedEvents : IKernelEvents
{
    readonly Queue<(ReceiveOutcome Outcome, ushort Type, byte[] Text)> _script = new();
    readonly object _gate = new();
    bool _isReleased;
    bool _holdsMessages;

    /// <summary>How often the reader found the source dry.</summary>
    public int DryReceives { get; private set; }

    /// <summary>How often the reader let messages gather.</summary>
    public int Rests { get; private set; }

    /// <summary>Whether it says that it took messages from the kernel which it didn't hand out yet.</summary>
    public bool HoldsMessages
    {
        get => Volatile.Read(ref _holdsMessages);
        set => Volatile.Write(ref _holdsMessages, value);
    }

    /// <summary>Whether the reader gave the source back.</summary>
    public bool IsReleased
    {
        get
        {
            lock (_gate)
                return _isReleased;
        }
    }

    public ScriptedEvents Add(ushort type, string text) => Add(type, Encoding.Latin1.GetBytes(text));

    public ScriptedEvents Add(ushort type, byte[] text)
    {
        lock (_gate)
        {
            _script.Enqueue((ReceiveOutcome.Message, type, text));
            Monitor.PulseAll(_gate);
        }

        return this;
    }

    public ScriptedEvents Add(ReceiveOutcome outcome)
    {
        lock (_gate)
        {
            _script.Enqueue((outcome, 0, []));
            Monitor.PulseAll(_gate);
        }

        return this;
    }

    public ReceiveOutcome Receive(out KernelMessage message)
    {
        message = default;
        lock (_gate)
        {
            if (!_script.TryDequeue(out (ReceiveOutcome Outcome, ushort Type, byte[] Text) next))
            {
                DryReceives++;
                return _isReleased ? ReceiveOutcome.Closed : ReceiveOutcome.Dry;
            }

            if (next.Outcome == ReceiveOutcome.Message)
                message = new KernelMessage(next.Type, next.Text);
            return next.Outcome;
        }
    }

    public bool Wait(TimeSpan timeout)
    {
        lock (_gate)
        {
            if (_script.Count == 0 && !_isReleased)
                Monitor.Wait(_gate, timeout);
            return _script.Count > 0;
        }
    }

    public void Rest(TimeSpan duration) => Rests++;

    public void Wake()
    {
        lock (_gate)
            Monitor.PulseAll(_gate);
    }

    public void Release()
    {
        lock (_gate)
        {
            _isReleased = true;
            Monitor.PulseAll(_gate);
        }
    }

    public void Dispose() => Release();
}
