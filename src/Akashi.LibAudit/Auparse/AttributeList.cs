namespace Akashi.LibAudit.Auparse;

/// <summary>Fields that tell more of a subject or an object, walked one after the other.</summary>
sealed class AttributeList(EventCursor cursor)
{
    readonly List<FieldPlace> _places = [];
    int _next;

    /// <summary>Goes to the first.</summary>
    /// <returns>False where there is none.</returns>
    internal bool TryFirst()
    {
        _next = 0;
        return TryNext();
    }

    /// <summary>Goes to the next.</summary>
    internal bool TryNext()
    {
        if (_next >= _places.Count)
            return false;
        FieldPlace place = _places[_next++];
        cursor.GoTo(place.Record, place.Field);
        return true;
    }

    /// <summary>Adds one.</summary>
    internal void Add(FieldPlace place) => _places.Add(place);

    /// <summary>Forgets all.</summary>
    internal void Clear()
    {
        _places.Clear();
        _next = 0;
    }
}
