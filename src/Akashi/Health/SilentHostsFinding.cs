namespace Akashi.Health;

/// <summary>Hosts whose records don't come any more.</summary>
static class SilentHostsFinding
{
    const string Name = "hosts";
    const int NamedMax = 5;

    public static Finding? Of(HealthFacts facts)
    {
        if (facts.Service is not { SilentHosts: { Count: > 0 } silent })
            return null;
        string names = string.Join(", ", silent.Take(NamedMax)) + (silent.Count > NamedMax ? $" and {silent.Count - NamedMax} more" : "");
        return Finding.Warning(
            Name, $"silent for longer than node_silent_after: {names}", "what is done there isn't collected here",
            "akashi hosts says since when; look at audisp-remote there (akashi doctor there says whether it is refused), and at the network between");
    }
}
