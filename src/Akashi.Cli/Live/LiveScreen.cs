using Akashi.Events;
using Akashi.Host;
using Akashi.Linux.Terminals;
using Akashi.Live;
using Akashi.Output;

namespace Akashi.Cli.Live;

/// <summary>Shows a source's events until it's asked to end: by Ctrl-C, TERM, a closed terminal, or when its time is over.</summary>
/// <remarks>Lines leave when the source is dry, not one by one: a burst costs one write.</remarks>
sealed class LiveScreen : IDisposable
{
    // Of a terminal that doesn't know its size.
    const int UsualColumns = 80;

    readonly Invocation _invocation;
    readonly Utf8Output _output;
    readonly bool _isRaw;
    readonly List<IDisposable> _registrations = [];
    volatile bool _isEnding;
    IEventSource? _source;

    /// <summary>Makes one; signals end it from now on.</summary>
    /// <param name="invocation">Streams, machine, signals.</param>
    /// <param name="isRaw">Whether records are printed instead of lines.</param>
    /// <param name="hasColors">Null to have it found out.</param>
    /// <param name="endsBySignals">Whether Ctrl-C, TERM and HUP end it.</param>
    public LiveScreen(Invocation invocation, bool isRaw, bool? hasColors, bool endsBySignals = true)
    {
        _invocation = invocation;
        _isRaw = isRaw;
        bool isTerminal = invocation.OutputIsTerminal;
        _output = new Utf8Output(invocation.Output, FlushMode.Block, isTerminal ? EscapeMode.Terminal : EscapeMode.Raw);
        View = new LiveView(invocation.Host, _output, isTerminal, hasColors ?? (isTerminal && WantsColors()));
        if (!endsBySignals)
            return;
        foreach (Signal signal in (ReadOnlySpan<Signal>)[Signal.Interrupt, Signal.Terminate, Signal.Hangup])
            _registrations.Add(invocation.Signals.On(signal, End));
    }

    /// <summary>The view.</summary>
    public LiveView View { get; }

    /// <summary>Which events are not shown, and not counted; null for none. Called once for each.</summary>
    public Predicate<AuditEvent>? Skips { get; set; }

    /// <summary>Records of the events that were shown.</summary>
    public long ShownRecords { get; private set; }

    /// <summary>Whether lines go to a terminal, not records or lines to a program.</summary>
    public bool IsForPeople => _invocation.OutputIsTerminal && !_isRaw;

    /// <summary>Whether the end was asked for.</summary>
    public bool IsEnding => _isEnding;

    /// <summary>Says something between the events, at once.</summary>
    public void Say(string remark)
    {
        FitTerminal();
        if (!_isRaw)
            View.WriteRemark(remark);
        _output.Flush();
    }

    /// <summary>Shows what comes until the end.</summary>
    /// <param name="source">Where it comes from.</param>
    /// <param name="sinceUnixMilliseconds">Older events are only learned from: whose session came from where.</param>
    /// <param name="duration">How long at most; null for no limit.</param>
    /// <param name="tick">Called about once a second and at the end: for remarks on the source; null for none.</param>
    /// <exception cref="OutputClosedException">The reader went away.</exception>
    public void Show(IEventSource source, long sinceUnixMilliseconds, TimeSpan? duration, Action? tick = null)
    {
        TimeProvider clock = _invocation.Host.Clock;
        long began = clock.GetTimestamp();
        _source = source;
        while (!_isEnding)
        {
            TimeSpan left = duration is { } wanted ? wanted - clock.GetElapsedTime(began) : TimeSpan.MaxValue;
            if (left <= TimeSpan.Zero)
                break;
            if (source.TryNext(TimeSpan.Zero, out AuditEvent? next))
            {
                ShowEvent(next, sinceUnixMilliseconds);
                continue;
            }

            tick?.Invoke();
            _output.Flush();
            FitTerminal();
            TimeSpan second = TimeSpan.FromSeconds(1);
            if (source.TryNext(left < second ? left : second, out next))
                ShowEvent(next, sinceUnixMilliseconds);
        }

        _source = null;
        Drain(source, sinceUnixMilliseconds);
        source.Flush();
        Drain(source, sinceUnixMilliseconds);
        tick?.Invoke();
        _output.Flush();
    }

    /// <summary>Shows what is there already, without waiting.</summary>
    public void Drain(IEventSource source, long sinceUnixMilliseconds)
    {
        while (source.TryNext(TimeSpan.Zero, out AuditEvent? next))
            ShowEvent(next, sinceUnixMilliseconds);
        _output.Flush();
    }

    /// <summary>Ends it; from any thread.</summary>
    public void End()
    {
        _isEnding = true;
        try
        {
            _source?.Wake();
        }
        catch (ObjectDisposedException)
        {
            // It has ended by itself meanwhile.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IDisposable registration in _registrations)
            registration.Dispose();
        _output.Dispose();
    }

    // no-color.org: set and not empty, whatever the value.
    static bool WantsColors() =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb";

    // Asked for whenever nothing is to be shown: a terminal may get another size.
    void FitTerminal()
    {
        const int OutputDescriptor = 1;
        if (_invocation.OutputIsTerminal)
            View.TerminalColumns = StandardStreams.TryGetSize(OutputDescriptor, out int columns, out _) ? columns : UsualColumns;
    }

    void ShowEvent(AuditEvent auditEvent, long sinceUnixMilliseconds)
    {
        if (auditEvent.Stamp.UnixMilliseconds < sinceUnixMilliseconds)
        {
            View.Learn(auditEvent);
            return;
        }

        if (Skips?.Invoke(auditEvent) == true)
            return;
        ShownRecords += auditEvent.Count;
        if (!_isRaw)
        {
            View.Write(auditEvent);
            return;
        }

        for (int index = 0; index < auditEvent.Count; index++)
        {
            _output.WriteEscaped(auditEvent[index].Line);
            _output.EndLine();
        }
    }
}
