using Akashi.Host;

namespace Akashi.Linux.Accounts;

/// <summary>The accounts that the C library knows, by whatever nsswitch.conf names, with bounded caches before it.</summary>
/// <remarks>For use from several threads. A look-up that failed for want of an answer (EIO, a dead directory server)
/// counts as "none".</remarks>
sealed class LinuxAccounts : IAccounts
{
    /// <summary>Entries of a generation of each cache; two generations are kept.</summary>
    internal const int GenerationEntries = 32 * 1024;

    /// <summary>How long an answer holds.</summary>
    internal static readonly TimeSpan FoundFor = TimeSpan.FromMinutes(10);

    /// <summary>How long it holds that there is none: short, as accounts are made and directory servers come back.</summary>
    internal static readonly TimeSpan MissingFor = TimeSpan.FromSeconds(60);

    readonly AccountCache<uint, string> _userNames;
    readonly AccountCache<uint, string> _groupNames;
    readonly UserList _list;
    readonly AccountCache<string, uint?> _users;
    readonly AccountCache<string, uint?> _groups;
    readonly Func<uint, (bool, string?)> _findUserName;

    internal LinuxAccounts(TimeProvider clock)
    {
        _list = new(clock);
        _userNames = new(clock, GenerationEntries, FoundFor, MissingFor);
        _groupNames = new(clock, GenerationEntries, FoundFor, MissingFor);
        _users = new(clock, GenerationEntries, FoundFor, MissingFor);
        _groups = new(clock, GenerationEntries, FoundFor, MissingFor);
        _findUserName = AskForUserName;
    }

    /// <inheritdoc/>
    public string? FindUserName(uint uid) => _userNames.Find(uid, _findUserName);

    /// <inheritdoc/>
    public string? FindGroupName(uint gid) => _groupNames.Find(gid, static gid =>
    {
        string? name = AccountDatabase.FindGroupName(gid);
        return (name is not null, name);
    });

    /// <inheritdoc/>
    public bool TryFindUser(string name, out uint uid) => IsFound(_users.Find(name, static name =>
    {
        uint? uid = AccountDatabase.FindUser(name);
        return (uid is not null, uid);
    }), out uid);

    /// <inheritdoc/>
    public bool TryFindGroup(string name, out uint gid) => IsFound(_groups.Find(name, static name =>
    {
        uint? gid = AccountDatabase.FindGroup(name);
        return (gid is not null, gid);
    }), out gid);

    /// <inheritdoc/>
    public void Forget()
    {
        _userNames.Clear();
        _groupNames.Clear();
        _users.Clear();
        _groups.Clear();
        _list.Forget();
    }

    /// <inheritdoc/>
    public IReadOnlyList<UserAccount> ListUsers() => AccountDatabase.ListUsers();

    (bool IsFound, string? Name) AskForUserName(uint uid)
    {
        if (_list.Lacks(uid))
            return (false, null);
        string? name = AccountDatabase.FindUserName(uid);
        if (name is null)
            _list.CountMiss();
        return (name is not null, name);
    }

    static bool IsFound(uint? number, out uint found)
    {
        found = number ?? 0;
        return number is not null;
    }
}
