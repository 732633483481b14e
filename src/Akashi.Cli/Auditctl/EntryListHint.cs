namespace Akashi.Cli.Auditctl;

/// <summary>What mends a rule of the list <c>entry</c>, which older texts write and no kernel has taken since 3.14.</summary>
static class EntryListHint
{
    static readonly string[] s_lists = ["entry,always", "always,entry", "entry,never", "never,entry", "entry,possible", "possible,entry"];

    /// <summary>The words with the list that took its place; null where no word names the old one.</summary>
    public static string? Of(IReadOnlyList<string> words)
    {
        if (!words.Any(s_lists.Contains))
            return null;
        IEnumerable<string> mended = words.Select(word => !s_lists.Contains(word) ? word : word.Contains("never", StringComparison.Ordinal) ? "never,exit" : "always,exit");
        return $"hint: the list entry is gone since Linux 3.14; what it knew exit knows too: write {string.Join(' ', mended)}";
    }
}
