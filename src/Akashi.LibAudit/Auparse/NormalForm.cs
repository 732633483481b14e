using Akashi.Host;
using Akashi.Normalization;
using Akashi.Tables;

namespace Akashi.LibAudit.Auparse;

/// <summary>A field that a normal form points at.</summary>
enum NormalPart
{
    /// <summary>The login session.</summary>
    Session,

    /// <summary>Who logged in.</summary>
    SubjectPrimary,

    /// <summary>As whom.</summary>
    SubjectSecondary,

    /// <summary>What it was done to.</summary>
    ObjectPrimary,

    /// <summary>More of the same object.</summary>
    ObjectSecondary,

    /// <summary>A second object.</summary>
    ObjectPrimary2,

    /// <summary>Whether it could be done.</summary>
    Result,

    /// <summary>The key of the rule.</summary>
    Key,
}

/// <summary>The normal form of the event that is looked at: words, and places of fields.</summary>
sealed unsafe class NormalForm
{
    const int PartCount = 8;

    readonly EventFields _fields;
    readonly FieldWords _words;
    readonly EventCursor _cursor;
    readonly EventNormalizer _normalizer;
    readonly FieldPlace[] _places = new FieldPlace[PartCount];
    FieldPlace _how;
    byte* _howWord;

    internal NormalForm(IHost host, EventFields fields, FieldWords words, EventCursor cursor)
    {
        _fields = fields;
        _words = words;
        _cursor = cursor;
        _normalizer = new EventNormalizer(words.Interpreter, host.Accounts);
        Subject = new AttributeList(cursor);
        Object = new AttributeList(cursor);
    }

    /// <summary>What else is known of who acted.</summary>
    internal AttributeList Subject { get; }

    /// <summary>What else is known of the object.</summary>
    internal AttributeList Object { get; }

    /// <summary>The kind of the event; NULL for none.</summary>
    internal byte* EventKind { get; private set; }

    /// <summary>The kind of account that acted; NULL for none.</summary>
    internal byte* SubjectKind { get; private set; }

    /// <summary>What was done; NULL where no table says it.</summary>
    internal byte* Action { get; private set; }

    /// <summary>The kind of the object.</summary>
    internal byte* ObjectKind { get; private set; }

    /// <summary>By what, in words; NULL for nothing.</summary>
    internal byte* How => _howWord != null || !_how.IsPresent ? _howWord : _words.Of(_how.Record, ref _fields.At(_how.Record, _how.Field));

    /// <summary>Forgets the event.</summary>
    internal void Forget()
    {
        EventKind = SubjectKind = Action = _howWord = null;
        ObjectKind = CText.Constant("unknown"u8);
        _places.AsSpan().Fill(FieldPlace.None);
        _how = FieldPlace.None;
        Subject.Clear();
        Object.Clear();
    }

    /// <summary>Normalises the event; the cursor goes to its first field.</summary>
    /// <param name="withAttributes">Whether attributes are wanted too.</param>
    /// <returns>False where its records don't say who acted.</returns>
    internal bool TryMake(bool withAttributes)
    {
        Forget();
        _cursor.TryGoToRecord(0);
        int next = 0, start = 0;
        while (EventPart.TryTake(_fields.Event!, ref next, out EventPart part))
        {
            start = next - part.Count;
            if (!_normalizer.TryNormalize(part, out NormalizedEvent normalized))
                continue;
            Keep(start, normalized);
            if (withAttributes)
                new EventAttributes(_fields, start).Find(part, normalized, Subject, Object);
            return true;
        }

        return false;
    }

    /// <summary>Goes to a field.</summary>
    /// <returns>False where the event has none; the cursor stays.</returns>
    internal bool TryGoTo(NormalPart part)
    {
        FieldPlace place = _places[(int)part];
        if (!place.IsPresent)
            return false;
        _cursor.GoTo(place.Record, place.Field);
        return true;
    }

    void Keep(int start, in NormalizedEvent normalized)
    {
        EventKindNames.Names.TryGetName((long)normalized.Kind, out ReadOnlySpan<byte> kind);
        EventKind = Copy(kind);
        SubjectKind = Copy(SubjectKinds.NameOf(normalized.SubjectKind));
        Action = Copy(normalized.Action);
        ObjectKindNames.Names.TryGetName((long)normalized.ObjectKind, out ReadOnlySpan<byte> objectKind);
        ObjectKind = Copy(objectKind);
        _howWord = Copy(normalized.HowWord);
        _how = PlaceOf(start, normalized.How);
        Set(NormalPart.Session, start, normalized.Session);
        Set(NormalPart.SubjectPrimary, start, normalized.SubjectPrimary);
        Set(NormalPart.SubjectSecondary, start, normalized.SubjectSecondary);
        Set(NormalPart.ObjectPrimary, start, normalized.ObjectPrimary);
        Set(NormalPart.ObjectSecondary, start, normalized.ObjectSecondary);
        Set(NormalPart.ObjectPrimary2, start, normalized.ObjectPrimary2);
        Set(NormalPart.Result, start, normalized.Result);
        Set(NormalPart.Key, start, normalized.Key);
    }

    void Set(NormalPart part, int start, EventField field) => _places[(int)part] = PlaceOf(start, field);

    FieldPlace PlaceOf(int start, EventField field)
    {
        if (!field.IsPresent)
            return FieldPlace.None;
        int found = _fields.Find(start + field.RecordIndex, field.Name, field.Value);
        return found < 0 ? FieldPlace.None : new FieldPlace(start + field.RecordIndex, found);
    }

    byte* Copy(ReadOnlySpan<byte> word) => word.IsEmpty ? null : _words.Kept(word);
}

/// <summary>Which record's which field; a negative record is none.</summary>
readonly record struct FieldPlace(int Record, int Field)
{
    internal static FieldPlace None => new(-1, 0);

    internal bool IsPresent => Record >= 0;
}
