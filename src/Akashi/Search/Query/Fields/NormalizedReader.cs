using Akashi.Events;
using Akashi.Formats;
using Akashi.Host;
using Akashi.Interpretation;
using Akashi.Normalization;
using Akashi.Tables;

namespace Akashi.Search.Query.Fields;

/// <summary>What of a normalised event is read.</summary>
enum NormalizedPart
{
    /// <summary>Who logged in.</summary>
    Who,

    /// <summary>As whom: the user that the process ran as.</summary>
    As,

    /// <summary>What was done.</summary>
    Action,

    /// <summary>To what.</summary>
    Object,

    /// <summary>By what.</summary>
    How,

    /// <summary><c>success</c> or <c>failed</c>.</summary>
    Result,

    /// <summary>The kind of event.</summary>
    Kind,
}

/// <summary>A part of what an event says, normalised.</summary>
sealed class NormalizedReader : FieldReader
{
    readonly NormalizedPart _part;
    readonly EventNormalizer _normalizer;
    readonly EventFieldText _fields;

    /// <summary>Makes one.</summary>
    public NormalizedReader(IHost host, NormalizedPart part)
    {
        _part = part;
        var interpreter = new Interpreter(host);
        _normalizer = new EventNormalizer(interpreter, host.Accounts);
        _fields = new EventFieldText(interpreter);
    }

    /// <inheritdoc/>
    public override bool Read(AuditEvent auditEvent, IValueTaker taker)
    {
        int next = 0;
        while (EventPart.TryTake(auditEvent, ref next, out EventPart part))
        {
            if (!_normalizer.TryNormalize(part, out NormalizedEvent normalized))
                continue;
            ReadOnlySpan<byte> words = WordsOf(part, normalized);
            if (!words.IsEmpty && taker.Take(words, default))
                return true;
        }

        return false;
    }

    ReadOnlySpan<byte> WordsOf(EventPart part, in NormalizedEvent normalized)
    {
        switch (_part)
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
