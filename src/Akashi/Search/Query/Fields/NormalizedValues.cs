using Akashi.Events;
using Akashi.Formats;
using Akashi.Host;
using Akashi.Interpretation;
using Akashi.Normalization;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Search.Query.Fields;

/// <summary>An event normalised, in words: made once, however many readers look at it.</summary>
/// <remarks>An event is another where its first record stands elsewhere: events are pooled, so that the object says nothing.</remarks>
sealed class NormalizedValues
{
    const int PartCount = (int)NormalizedPart.Kind + 1;

    // In words, and as the record has it.
    const int FormCount = 2;

    readonly EventNormalizer _normalizer;
    readonly EventFieldText _fields;
    readonly InterpretedText _words = new();
    readonly List<int> _ends = [];
    EventStamp _stamp;
    RecordOrigin _origin;
    int _recordCount = -1;

    public NormalizedValues(IHost host)
    {
        var interpreter = new Interpreter(host);
        _normalizer = new EventNormalizer(interpreter, host.Accounts);
        _fields = new EventFieldText(interpreter);
    }

    /// <summary>Hands the words of a part to a taker, an account's number beside them: one for each part of the event that is normalised.</summary>
    public bool Read(AuditEvent auditEvent, NormalizedPart part, IValueTaker taker)
    {
        Normalize(auditEvent);
        for (int index = FormCount * (int)part; index < _ends.Count; index += FormCount * PartCount)
        {
            ReadOnlySpan<byte> words = _words.Bytes[(index == 0 ? 0 : _ends[index - 1]).._ends[index]];
            ReadOnlySpan<byte> raw = _words.Bytes[_ends[index].._ends[index + 1]];
            if (!words.IsEmpty && taker.Take(words, raw))
                return true;
        }

        return false;
    }

    void Normalize(AuditEvent auditEvent)
    {
        if (_stamp == auditEvent.Stamp && _origin == auditEvent.Origin && _recordCount == auditEvent.Count)
            return;
        _stamp = auditEvent.Stamp;
        _origin = auditEvent.Origin;
        _recordCount = auditEvent.Count;
        _words.Clear();
        _ends.Clear();
        int next = 0;
        while (EventPart.TryTake(auditEvent, ref next, out EventPart part))
        {
            if (_normalizer.TryNormalize(part, out NormalizedEvent normalized))
                Append(part, normalized);
        }
    }

    void Append(EventPart part, in NormalizedEvent normalized)
    {
        for (int index = 0; index < PartCount; index++)
        {
            _words.Append(WordsOf((NormalizedPart)index, part, normalized));
            _ends.Add(_words.Bytes.Length);
            _words.Append(IdOf((NormalizedPart)index, normalized));
            _ends.Add(_words.Bytes.Length);
        }
    }

    // Accounts are asked for by number too.
    static ReadOnlySpan<byte> IdOf(NormalizedPart wanted, in NormalizedEvent normalized)
    {
        ReadOnlySpan<byte> value = wanted switch
        {
            NormalizedPart.Who => normalized.SubjectPrimary.Value,
            NormalizedPart.As => normalized.SubjectSecondary.Value,
            _ => default,
        };
        return ValueText.TryId(value, out _) ? value : default;
    }

    ReadOnlySpan<byte> WordsOf(NormalizedPart wanted, EventPart part, in NormalizedEvent normalized)
    {
        switch (wanted)
        {
            case NormalizedPart.Who:
                return _fields.OfSubject(part, normalized.SubjectPrimary);
            case NormalizedPart.As:
                return _fields.Of(part, normalized.SubjectSecondary);
            case NormalizedPart.Action:
                return NormalizedWords.ActionOf(normalized);
            case NormalizedPart.Object:
                return NormalizedWords.IsSetting(normalized) ? normalized.ObjectPrimary.Name : _fields.OfObject(part, normalized.ObjectPrimary);
            case NormalizedPart.How:
                return normalized.HowWord.IsEmpty ? _fields.Of(part, normalized.How) : normalized.HowWord;
            case NormalizedPart.Kind:
                EventKindNames.Names.TryGetName((long)normalized.Kind, out ReadOnlySpan<byte> kind);
                return kind;
            default:
                return !normalized.Result.IsPresent ? default : _fields.IsSuccess(part, normalized.Result) ? "success"u8 : "failed"u8;
        }
    }
}
