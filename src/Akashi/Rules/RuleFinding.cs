namespace Akashi.Rules;

/// <summary>What a set of rules can have, whose rules are each well formed; the numbers follow those of <see cref="RuleMessage"/> and are stable.</summary>
public enum RuleFinding
{
    /// <summary>The same rule twice.</summary>
    Duplicate = 201,

    /// <summary>A deletion of a rule that isn't there.</summary>
    DeletionWithoutRule = 202,

    /// <summary>Never reached: a rule before it matches everything it matches, with the same outcome.</summary>
    Shadowed = 203,

    /// <summary>Never reached, and the rule before it does the opposite.</summary>
    Overruled = 204,

    /// <summary>Its own conditions exclude each other: nothing matches.</summary>
    Dead = 205,

    /// <summary>Events of a rule before it that this one matches too don't get this one's key.</summary>
    FirstMatch = 206,

    /// <summary>64 bit programs are watched and 32 bit ones aren't.</summary>
    TwinMissing = 207,

    /// <summary>System calls that do the same as those named.</summary>
    NewerSyscalls = 208,

    /// <summary>euid where the login user is meant.</summary>
    EffectiveUser = 209,

    /// <summary>Processes without a login user count as the highest one.</summary>
    UnsetIncluded = 210,

    /// <summary>A path that isn't there.</summary>
    PathMissing = 211,

    /// <summary>A symbolic link: accesses to what it leads to never match.</summary>
    SymbolicLink = 212,

    /// <summary>A rule that every system call pays for.</summary>
    Costly = 213,

    /// <summary>A rule without a key.</summary>
    KeyMissing = 214,

    /// <summary>A rule that every system call of every process matches.</summary>
    EverySyscall = 215,

    /// <summary>A rule after the line that locks the rules.</summary>
    AfterLock = 216,

    /// <summary>The machine panics where auditing fails.</summary>
    Panics = 217,

    /// <summary>Too little room for a burst of records.</summary>
    BacklogSmall = 218,

    /// <summary>A -D that takes away rules of the files themselves.</summary>
    TakenAway = 219,
}
