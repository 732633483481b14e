using Akashi.Host;

namespace Akashi.Health;

/// <summary>Whether rules and login users are locked: a choice, and one that explains refusals.</summary>
static class ImmutableFinding
{
    const string Name = "immutable";

    public static Finding? Of(HealthFacts facts)
    {
        bool areRulesLocked = facts.Status?.Enabled == 2, areUsersLocked = (facts.Features.Features & AuditFeatures.LoginuidImmutable) != 0;
        if (!areRulesLocked && !areUsersLocked)
            return null;
        string what = areRulesLocked && areUsersLocked ? "rules and login users are locked" : areRulesLocked ? "rules are locked (-e 2)" : "login users are locked (--loginuid-immutable)";
        return Finding.Note(Name, what + " until the next boot", "nobody can quietly change them; neither can you: edit the files and boot");
    }
}
