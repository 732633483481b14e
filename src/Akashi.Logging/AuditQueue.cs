using System.Globalization;
using Akashi.Audit;

namespace Akashi.Logging;

/// <summary>A log entry as it's sent.</summary>
/// <param name="Text">The record's message, ASCII.</param>
/// <param name="IsSuccess">What stands as <c>res</c>.</param>
/// <param name="LostCount">For the record of what was lost, how many entries that are; else 0.</param>
readonly record struct AuditEntry(string Text, bool IsSuccess, long LostCount = 0);

/// <summary>What waits for the kernel, and the thread that sends it. Adding never waits; what finds no room is counted, and the count is recorded.</summary>
/// <remarks>
/// The kernel may let a sender wait for a minute (backlog_wait_time), so only the thread ever touches the socket. A loss is recorded as
/// <c>op=log-lost lost=COUNT</c>, behind the entries that were queued when it began.
/// </remarks>
sealed class AuditQueue : IDisposable
{
    /// <summary>AUDIT_MESSAGE_TEXT_MAX of linux/audit.h: the kernel cuts what is behind it, without a word.</summary>
    internal const int KernelTextBytesMax = 8560;

    // hostname= of at most 64 bytes, addr= of 45, terminal= and res= with their blanks, and as much again.
    const int PlaceBytesMax = 512;
    const int TextBytesMin = 128;

    readonly AuditLoggerOptions _options;
    readonly Func<UserRecordSender> _open;
    readonly Thread _thread;
    readonly HashSet<AuditSendError> _reported = [];
    readonly object _gate = new();

    // All below: under _gate.
    readonly Queue<AuditEntry> _entries = new();
    long _lostCount;
    int _entriesBeforeLoss;
    bool _isAbandoned;
    volatile bool _isClosed;

    internal AuditQueue(AuditLoggerOptions options, Func<UserRecordSender> open)
    {
        _options = options;
        _open = open;
        int program = FieldEncoding.EncodeField("exe", Environment.ProcessPath).Length;
        TextBytesMax = Math.Max(TextBytesMin, KernelTextBytesMax - PlaceBytesMax - program);
        _thread = new Thread(Run) { IsBackground = true, Name = "audit records" };
        _thread.Start();
    }

    /// <summary>How long a message may be, so that the kernel takes it whole with what the sender puts behind it.</summary>
    internal int TextBytesMax { get; }

    /// <summary>Whether nothing is taken any more: it's disposed of, or the kernel refuses for good.</summary>
    internal bool IsClosed => _isClosed;

    /// <summary>Adds an entry, or counts it as lost. From any thread.</summary>
    internal void Add(in AuditEntry entry)
    {
        lock (_gate)
        {
            if (_isClosed || _entries.Count == _options.QueueLengthMax)
            {
                CountLost();
                return;
            }

            _entries.Enqueue(entry);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Counts entries that aren't recorded.</summary>
    internal void CountLost(long count = 1)
    {
        lock (_gate)
        {
            // At least one is to be sent before the loss is said: where the kernel refuses all, nobody goes round in circles.
            if (_lostCount == 0 || _entries.Count == 0)
                _entriesBeforeLoss = Math.Max(1, _entries.Count);
            _lostCount += count;
        }
    }

    /// <summary>Waits for what is queued, at most as long as the options say; then tells how much of it isn't recorded.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.PulseAll(_gate);
        }

        bool isDrained = _thread.Join(_options.DrainTimeMax);
        long count;
        lock (_gate)
        {
            _isAbandoned = true;
            count = _lostCount + _entries.Count;
            _entries.Clear();
            _lostCount = 0;
        }

        if (count > 0)
            Report(string.Create(CultureInfo.InvariantCulture, $"{count} entries are not recorded{(isDrained ? "" : ": the kernel doesn't take them in time")}"));
    }

    void Run()
    {
        try
        {
            using UserRecordSender sender = _open();
            while (TryTake(out AuditEntry entry) && TrySend(sender, entry))
            {
            }
        }
        catch (AuditSendException refusal)
        {
            // No socket: no record ever.
            ReportOnce(refusal, "nothing is recorded");
        }

        _isClosed = true;
    }

    bool TryTake(out AuditEntry entry)
    {
        lock (_gate)
        {
            while (!_isAbandoned)
            {
                if (_lostCount > 0 && _entriesBeforeLoss == 0)
                {
                    entry = new AuditEntry(string.Create(CultureInfo.InvariantCulture, $"op=log-lost lost={_lostCount}"), IsSuccess: false, _lostCount);
                    _lostCount = 0;
                    return true;
                }

                if (_entries.TryDequeue(out entry))
                {
                    _entriesBeforeLoss = Math.Max(0, _entriesBeforeLoss - 1);
                    return true;
                }

                if (_isClosed)
                    return false;
                Monitor.Wait(_gate);
            }
        }

        entry = default;
        return false;
    }

    bool TrySend(UserRecordSender sender, in AuditEntry entry)
    {
        try
        {
            sender.SendMessage(_options.RecordType, entry.Text, entry.IsSuccess);
            return true;
        }
        catch (AuditSendException refusal)
        {
            CountLost(Math.Max(1, entry.LostCount));
            string? end = refusal.Error switch
            {
                AuditSendError.NotPermitted => "nothing is recorded (systemd: AmbientCapabilities=CAP_AUDIT_WRITE)",
                AuditSendError.NoAudit => "nothing is recorded",
                _ => null,
            };
            ReportOnce(refusal, end ?? "the entry is counted as lost");
            return end is null;
        }
    }

    void ReportOnce(AuditSendException refusal, string consequence)
    {
        if (_reported.Add(refusal.Error))
            Report($"{refusal.Message}; {consequence}");
    }

    void Report(string line)
    {
        try
        {
            (_options.FaultReport ?? StandardErrorLine.Write)(line);
        }
        catch (Exception)
        {
            // At the top of a thread of ours, where it would end the program: a report that fails has nobody to be told to.
        }
    }
}
