using Akashi.Events;
using Akashi.Host;
using Akashi.Live;
using Akashi.Records;
using Akashi.Reports.Counting;
using Akashi.Tables;
using System.Text;

namespace Akashi.Cli.RuleCommands;

/// <summary>What a measurement found.</summary>
/// <param name="Costs">By key.</param>
/// <param name="Elapsed">How long the rules were loaded, or listened to.</param>
/// <param name="LostRecords">What the kernel lost meanwhile.</param>
/// <param name="IsOverLimit">Whether the candidates made too many events, and were taken away before the time.</param>
/// <param name="EventsPerSecondMax">The limit.</param>
sealed record CostResult(KeyCosts Costs, TimeSpan Elapsed, uint LostRecords, bool IsOverLimit, int EventsPerSecondMax);

/// <summary>Listens for a while and counts.</summary>
/// <param name="invocation">Ctrl-C, TERM and HUP end it before its time, from the beginning: made before rules are loaded, it has them taken back. What was
/// counted by then is the result.</param>
/// <param name="source">The events.</param>
/// <param name="kernel">Tells what was lost.</param>
/// <param name="candidates">Rules on trial; none to listen only.</param>
/// <param name="eventsPerSecondMax">How many events a second the candidates may make.</param>
/// <param name="sinceUnixMilliseconds">Older events don't count.</param>
sealed class CostMeasurement(
    Invocation invocation, IEventSource source, IAuditKernel kernel, IReadOnlyList<CandidateRule> candidates, int eventsPerSecondMax,
    long sinceUnixMilliseconds) : IDisposable
{
    static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    static readonly TimeSpan s_restTimeout = TimeSpan.FromSeconds(5);
    static readonly byte[] s_keyBeginning = Encoding.ASCII.GetBytes($"\"{CandidateRule.KeyBeginning}");

    static readonly Signal[] s_endings = [Signal.Interrupt, Signal.Terminate, Signal.Hangup];

    readonly TimeProvider _clock = invocation.Host.Clock;
    readonly KeyCosts _costs = new();
    readonly List<IDisposable> _signals = [];
    volatile bool _isEnding;
    bool _isOverLimit;
    long _windowBegan;
    long _windowEvents;
    int _removedRules;

    /// <summary>Signals do again what they do of themselves.</summary>
    public void Dispose()
    {
        foreach (IDisposable registration in _signals)
            registration.Dispose();
    }

    /// <summary>Takes the signals.</summary>
    public void Begin() => _signals.AddRange(s_endings.Select(signal => invocation.Signals.On(signal, End)));

    /// <summary>Counts for a time, or until the limit or a signal.</summary>
    /// <param name="duration">How long.</param>
    /// <param name="takeBack">Takes the candidates away, returns how many rules were; null where there are none.</param>
    public CostResult Run(TimeSpan duration, Func<int>? takeBack = null)
    {
        uint lostBefore = kernel.GetStatus().Lost;
        long began = _windowBegan = _clock.GetTimestamp();
        while (!_isEnding && !_isOverLimit && _clock.GetElapsedTime(began) < duration)
        {
            TimeSpan left = duration - _clock.GetElapsedTime(began);
            if (source.TryNext(left < s_second ? left : s_second, out AuditEvent? next))
                Take(next);
        }

        int ruleCount = takeBack?.Invoke() ?? 0;
        TimeSpan elapsed = _clock.GetElapsedTime(began);
        TakeRest(ruleCount);
        return new CostResult(_costs, elapsed, kernel.GetStatus().Lost - lostBefore, _isOverLimit, eventsPerSecondMax);
    }

    void End()
    {
        _isEnding = true;
        source.Wake();
    }

    // The kernel tells of a rule's removal after the last event that it made.
    void TakeRest(int ruleCount)
    {
        long began = _clock.GetTimestamp();
        while (_removedRules < ruleCount && _clock.GetElapsedTime(began) < s_restTimeout)
        {
            if (source.TryNext(s_second, out AuditEvent? next))
                Take(next);
        }

        source.Flush();
        while (source.TryNext(TimeSpan.Zero, out AuditEvent? next))
            Take(next);
    }

    void Take(AuditEvent auditEvent)
    {
        if (auditEvent.Stamp.UnixMilliseconds < sinceUnixMilliseconds)
            return;
        var parts = new EventParts(auditEvent);
        if (parts.Lead.Type == RecordType.ConfigChange)
        {
            // No rule makes these, but somebody who changes rules: we, as a rule.
            _removedRules += IsOwnRemoval(parts.Lead) ? 1 : 0;
            return;
        }

        _costs.Add(auditEvent);
        if (candidates.Count > 0 && parts.HasSyscall && parts.Syscall.TryFind("key"u8, out ReadOnlySpan<byte> key) && key.StartsWith(s_keyBeginning))
            CountCandidate();
    }

    void CountCandidate()
    {
        if (_clock.GetElapsedTime(_windowBegan) >= s_second)
        {
            _windowBegan = _clock.GetTimestamp();
            _windowEvents = 0;
        }

        _windowEvents++;
        _isOverLimit |= _windowEvents > eventsPerSecondMax;
    }

    static bool IsOwnRemoval(in Record record) =>
        record.TryFind("op"u8, out ReadOnlySpan<byte> operation) && operation.Trim((byte)'"').SequenceEqual("remove_rule"u8)
        && record.TryFind("key"u8, out ReadOnlySpan<byte> key) && key.StartsWith(s_keyBeginning);
}
