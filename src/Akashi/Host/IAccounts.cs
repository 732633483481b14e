namespace Akashi.Host;

/// <summary>The accounts of the machine, getpwuid(3), getpwnam(3), getgrgid(3), getgrnam(3).</summary>
/// <remarks>Implementations cache answers and failures, within bounds; a miss may allocate and may block.</remarks>
public interface IAccounts
{
    /// <summary>The name of a user, or null where there is none.</summary>
    string? FindUserName(uint uid);

    /// <summary>The name of a group, or null where there is none.</summary>
    string? FindGroupName(uint gid);

    /// <summary>The number of the user of that name; false, and 0, where there is none.</summary>
    bool TryFindUser(string name, out uint uid);

    /// <summary>The number of the group of that name; false, and 0, where there is none.</summary>
    bool TryFindGroup(string name, out uint gid);

    /// <summary>Forgets cached answers: accounts have changed. Without a cache there is nothing to forget.</summary>
    void Forget()
    {
    }
}
