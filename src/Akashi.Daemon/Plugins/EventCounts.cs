using Akashi.Events;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Daemon.Plugins;

/// <summary>Counts of events since they were last sent, as audisp-statsd names them.</summary>
sealed class EventCounts
{
    public long Total { get; private set; }

    public long Failed { get; private set; }

    public long Decisions { get; private set; }

    public long Fanotify { get; private set; }

    public long LoginsSucceeded { get; private set; }

    public long LoginsFailed { get; private set; }

    public long Anomalies { get; private set; }

    public long Responses { get; private set; }

    /// <summary>Counts one event, in each row once.</summary>
    public void Add(AuditEvent counted)
    {
        bool isFailed = false, isDecision = false, isFanotify = false, isLogin = false, isAnomaly = false, isResponse = false;
        for (int index = 0; index < counted.Count; index++)
        {
            Record record = counted[index];
            isFailed |= IsFailed(record);
            isDecision |= record.Type == RecordType.Avc;
            isFanotify |= record.Type == RecordType.Fanotify;
            isLogin |= record.Type == RecordType.UserLogin;
            isAnomaly |= (int)record.Type is (>= 1700 and < 1800) or (>= 2100 and < 2200);
            isResponse |= (int)record.Type is >= 2200 and < 2300;
        }

        Total++;
        Failed += isFailed ? 1 : 0;
        Decisions += isDecision ? 1 : 0;
        Fanotify += isFanotify ? 1 : 0;
        LoginsSucceeded += isLogin && !isFailed ? 1 : 0;
        LoginsFailed += isLogin && isFailed ? 1 : 0;
        Anomalies += isAnomaly ? 1 : 0;
        Responses += isResponse ? 1 : 0;
    }

    /// <summary>Begins anew.</summary>
    public void Clear() => Total = Failed = Decisions = Fanotify = LoginsSucceeded = LoginsFailed = Anomalies = Responses = 0;

    static bool IsFailed(in Record record) =>
        (record.TryFind("success"u8, out ReadOnlySpan<byte> value) && value.SequenceEqual("no"u8))
        || (record.TryFind("res"u8, out value) && (value.SequenceEqual("failed"u8) || value.SequenceEqual("0"u8) || value.SequenceEqual("no"u8)));
}
