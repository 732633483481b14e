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

    /// <summary>Counts one event: its kind is that of its first record, as in the original.</summary>
    public void Add(AuditEvent counted)
    {
        bool isFailed = false;
        for (int index = 0; index < counted.Count; index++)
            isFailed |= IsFailed(counted[index]);
        Total++;
        Failed += isFailed ? 1 : 0;
        switch (counted[0].Type)
        {
            case RecordType.Avc:
                Decisions++;
                break;
            case RecordType.Fanotify:
                Fanotify++;
                break;
            case RecordType.UserLogin when isFailed:
                LoginsFailed++;
                break;
            case RecordType.UserLogin:
                LoginsSucceeded++;
                break;
            // AUDIT_FIRST_ANOM_MSG to AUDIT_LAST_ANOM_MSG of libaudit.h; the kernel's own anomalies (1700 to 1799) are others.
            case >= (RecordType)2100 and <= (RecordType)2199:
                Anomalies++;
                break;
            // AUDIT_FIRST_ANOM_RESP to AUDIT_LAST_ANOM_RESP.
            case >= (RecordType)2200 and <= (RecordType)2299:
                Responses++;
                break;
        }
    }

    /// <summary>Begins anew.</summary>
    public void Clear() => Total = Failed = Decisions = Fanotify = LoginsSucceeded = LoginsFailed = Anomalies = Responses = 0;

    static bool IsFailed(in Record record) =>
        (record.TryFind("success"u8, out ReadOnlySpan<byte> value) && value.SequenceEqual("no"u8))
        || (record.TryFind("res"u8, out value) && (value.SequenceEqual("failed"u8) || value.SequenceEqual("0"u8) || value.SequenceEqual("no"u8)));
}
