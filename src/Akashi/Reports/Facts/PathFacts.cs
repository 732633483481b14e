namespace Akashi.Reports.Facts;

/// <summary>PATH: <c>item= name= … nametype=</c>.</summary>
static class PathFacts
{
    public static bool TryRead(FactCursor cursor, FactKinds needs, EventFacts facts)
    {
        if (!needs.HasFlag(FactKinds.Files) || !cursor.TrySeek(" name="u8))
            return true;
        if (!cursor.TryTakeText(facts, out FactText name))
            return false;
        bool isParent = cursor.TrySeek("nametype="u8) && cursor.TakeWord().StartsWith("PARENT"u8);
        facts.Files.Add(new FileFact(name, isParent));
        return true;
    }

    /// <summary>AVC_PATH: <c>path=</c>, which must be there.</summary>
    public static bool TryReadAccessPath(FactCursor cursor, FactKinds needs, EventFacts facts)
    {
        if (!needs.HasFlag(FactKinds.Files))
            return true;
        if (!cursor.TrySeek(" path="u8) || !cursor.TryTakeText(facts, out FactText name))
            return false;
        facts.Files.Add(new FileFact(name, IsParent: false));
        return true;
    }
}
