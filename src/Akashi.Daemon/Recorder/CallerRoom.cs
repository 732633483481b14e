namespace Akashi.Daemon.Recorder;

/// <summary>How many may be connected to the recorder at once, and who makes room for another.</summary>
/// <remarks>
/// Who has connected and says nothing keeps nobody out: the oldest of the same user goes, or of the user that has most such connections. A login says what it wants in the moment in
/// which it has connected. Root's stay, and those that have made their claim.
/// </remarks>
static class CallerRoom
{
    /// <summary>Connections of all users.</summary>
    public const int Max = 256;

    /// <summary>Connections of one user other than root.</summary>
    public const int OfUserMax = 8;

    /// <summary>Looks for room.</summary>
    /// <param name="uid">Whose connection is new.</param>
    /// <param name="silent">Whose connections have said nothing yet, the oldest first.</param>
    /// <param name="claims">Whose connections wait for the answer to a claim.</param>
    /// <param name="leaving">Which of the silent ones goes; -1 for none.</param>
    /// <returns>False where the new one can't be taken.</returns>
    public static bool TryFind(uint uid, IReadOnlyList<uint> silent, IReadOnlyList<uint> claims, out int leaving)
    {
        leaving = -1;
        if (uid != 0 && CountOf(silent, uid) + CountOf(claims, uid) >= OfUserMax)
            leaving = IndexOf(silent, uid);
        else if (silent.Count + claims.Count < Max)
            return true;
        else
            leaving = IndexOf(silent, FindMost(silent));
        return leaving >= 0;
    }

    // 0 where there is none but root.
    static uint FindMost(IReadOnlyList<uint> uids)
    {
        uint most = 0;
        int countMost = 0;
        foreach (uint uid in uids)
        {
            int count = CountOf(uids, uid);
            if (uid != 0 && count > countMost)
                (most, countMost) = (uid, count);
        }

        return most;
    }

    static int CountOf(IReadOnlyList<uint> uids, uint uid)
    {
        int count = 0;
        foreach (uint known in uids)
            count += known == uid ? 1 : 0;
        return count;
    }

    // Root's stay.
    static int IndexOf(IReadOnlyList<uint> uids, uint uid)
    {
        for (int index = 0; uid != 0 && index < uids.Count; index++)
        {
            if (uids[index] == uid)
                return index;
        }

        return -1;
    }
}
