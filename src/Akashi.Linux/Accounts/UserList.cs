namespace Akashi.Linux.Accounts;

/// <summary>All users of the machine, where the C library can list them all: after it was asked for many that aren't there, it needn't be asked again.</summary>
/// <remarks>
/// A look-up that finds nothing takes 10 to 100 µs, and a log of another machine, or of a made-up one, names thousands of users that nobody knows here.
/// A list says that a user isn't there only where nothing but files is asked: directory servers (sss, ldap) mostly don't list theirs, and systemd lists
/// neither root and nobody, which it makes up, nor those of containers. systemd has others only where one of its places exists.
/// Source: nsswitch.conf(5), nss-systemd(8), systemd-userdbd.service(8).
/// </remarks>
/// <param name="clock">For the list's age.</param>
sealed class UserList(TimeProvider clock)
{
    const int MissesMin = 64;
    const uint Nobody = 65534;

    /// <summary>Where the sources of names are chosen.</summary>
    const string SwitchPath = "/etc/nsswitch.conf";

    static readonly string[] s_userdbPlaces =
        ["/run/systemd/userdb", "/etc/userdb", "/run/userdb", "/run/host/userdb", "/usr/local/lib/userdb", "/usr/lib/userdb", "/lib/userdb"];

    readonly Lock _lock = new();
    HashSet<uint>? _uids;
    long _madeAt;
    int _misses;

    /// <summary>Whether it's sure that no user has a number, without asking for it.</summary>
    internal bool Lacks(uint uid)
    {
        lock (_lock)
        {
            if (_uids is not null && clock.GetElapsedTime(_madeAt) >= LinuxAccounts.MissingFor)
                Forget();
            return _uids is not null && uid is not (0 or Nobody) && !_uids.Contains(uid);
        }
    }

    /// <summary>Hears that a look-up found nothing; makes the list when it was so often enough.</summary>
    internal void CountMiss()
    {
        lock (_lock)
        {
            if (++_misses != MissesMin || !IsAskingFilesOnly())
                return;
            _madeAt = clock.GetTimestamp();
            _uids = [.. AccountDatabase.ListUsers().Select(user => user.Uid)];
        }
    }

    /// <summary>Forgets what was listed.</summary>
    internal void Forget()
    {
        lock (_lock)
        {
            _uids = null;
            _misses = 0;
        }
    }

    /// <summary>Whether the line of nsswitch.conf for passwd names nothing that may keep users unlisted.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="hasUserdb">Whether systemd has users beside those that it makes up.</param>
    internal static bool NamesFilesOnly(string text, bool hasUserdb)
    {
        string? line = text.Split('\n').Select(line => line.Split('#')[0].Trim()).FirstOrDefault(line => line.StartsWith("passwd:", StringComparison.Ordinal));
        return line is not null && line["passwd:".Length..].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)
            .All(source => source == "files" || (source == "systemd" && !hasUserdb));
    }

    static bool IsAskingFilesOnly()
    {
        try
        {
            return NamesFilesOnly(File.ReadAllText(SwitchPath), s_userdbPlaces.Any(Directory.Exists));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
