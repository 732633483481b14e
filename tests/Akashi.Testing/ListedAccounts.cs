using Akashi.Host;

namespace Akashi.Testing;

/// <summary>Accounts as the texts of passwd(5) and group(5) list them; the first of a number or name counts.</summary>
public sealed class ListedAccounts(string passwd, string group) : IAccounts
{
    readonly List<(string Name, uint Number)> _users = Read(passwd);
    readonly List<(string Name, uint Number)> _groups = Read(group);

    /// <inheritdoc/>
    public string? FindUserName(uint uid) => _users.Find(user => user.Number == uid).Name;

    /// <inheritdoc/>
    public string? FindGroupName(uint gid) => _groups.Find(group => group.Number == gid).Name;

    /// <inheritdoc/>
    public bool TryFindUser(string name, out uint uid) => TryFind(_users, name, out uid);

    /// <inheritdoc/>
    public bool TryFindGroup(string name, out uint gid) => TryFind(_groups, name, out gid);

    /// <inheritdoc/>
    public IReadOnlyList<UserAccount> ListUsers() => [.. _users.Select(user => new UserAccount(user.Name, user.Number))];

    static bool TryFind(List<(string Name, uint Number)> all, string name, out uint number)
    {
        (string? found, number) = all.Find(entry => entry.Name == name);
        return found is not null;
    }

    static List<(string, uint)> Read(string lines) =>
    [
        .. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(':'))
            .Select(parts => (parts[0], uint.Parse(parts[2]))),
    ];
}
