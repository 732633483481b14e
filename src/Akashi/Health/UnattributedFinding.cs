namespace Akashi.Health;

/// <summary>Whether people work in sessions that name nobody.</summary>
static class UnattributedFinding
{
    const string Name = "unattributed";

    public static Finding? Of(HealthFacts facts)
    {
        if (facts.TerminalsWithoutLogin.Count == 0)
            return null;
        const int ShownMax = 3;
        string shown = string.Join(", ", facts.TerminalsWithoutLogin.Take(ShownMax)) + (facts.TerminalsWithoutLogin.Count > ShownMax ? ", …" : "");
        return Finding.Warning(Name, $"{facts.TerminalsWithoutLogin.Count} {(facts.TerminalsWithoutLogin.Count == 1 ? "program has" : "programs have")} a terminal and no login user: {shown}", "what is done there names nobody, and rules by auid pass it by", "log in through sshd or login; or add rules with -F auid=unset");
    }
}
