namespace Akashi.Host;

/// <summary>An account of the machine.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Uid">Its number.</param>
public readonly record struct UserAccount(string Name, uint Uid);

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

    /// <summary>Every user that the database lists, in its order, getpwent(3); directory servers may list none.</summary>
    IReadOnlyList<UserAccount> ListUsers() => [];

    /// <summary>The number of the group of that name; false, and 0, where there is none.</summary>
    bool TryFindGroup(string name, out uint gid);

    /// <summary>Forgets cached answers: accounts have changed. Without a cache there is nothing to forget.</summary>
    void Forget()
    {
    }
}
