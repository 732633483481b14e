namespace Akashi.Reports.Facts;

/// <summary>CWD and PATH: <c>cwd=</c>, <c>item= name= … nametype=</c>.</summary>
static class PathFacts
{
    public static bool TryRead(FactCursor cursor, FactKinds needs, EventFacts facts)
    {
        if (!needs.HasFlag(FactKinds.Files) || !cursor.TrySeek(" name="u8))
            return true;
        if (!cursor.TryTakeText(facts, out FactText name))
            return false;
        // As the original sees it: only where the record ends with it, which it doesn't since kernel 3.
        bool isParent = cursor.TrySeek("nametype="u8) && cursor.Rest.SequenceEqual("PARENT"u8);
        if (facts.Directory.Exists && IsBelowDirectory(facts[name]))
            name = facts.KeepBehind(facts.Directory, name);
        facts.Files.Add(new FileFact(name, isParent));
        return true;
    }

    /// <summary>CWD: the directory of the relative names that follow.</summary>
    public static bool TryReadDirectory(FactCursor cursor, FactKinds needs, EventFacts facts)
    {
        if (!needs.HasFlag(FactKinds.Files) || !cursor.TrySeek("cwd="u8))
            return true;
        if (!cursor.TryTakeText(facts, out FactText directory))
            return false;
        facts.Directory = directory;
        return true;
    }

    // Names that begin with ./ or ../ are given their directory; other relative ones aren't.
    static bool IsBelowDirectory(ReadOnlySpan<byte> name) =>
        name.StartsWith("./"u8) || name.StartsWith("../"u8) || name.SequenceEqual(".."u8);

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
