namespace Akashi.Configuration;

/// <summary>What the tables of keywords have in common.</summary>
static class KeywordTable
{
    /// <summary>The keyword of a name, in any case; null where there is none.</summary>
    public static Keyword<TConfiguration>? Find<TConfiguration>(IReadOnlyList<Keyword<TConfiguration>> all, string name)
    {
        foreach (Keyword<TConfiguration> keyword in all)
        {
            if (keyword.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return keyword;
        }

        return null;
    }
}
