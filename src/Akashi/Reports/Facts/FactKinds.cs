namespace Akashi.Reports.Facts;

/// <summary>Which facts of an event a report needs: what isn't needed isn't read, and can't be missed.</summary>
[Flags]
public enum FactKinds
{
    /// <summary>Only what every report needs: type, stamp, outcome.</summary>
    None = 0,

    /// <summary>The login user, auid.</summary>
    LoginUser = 1 << 0,

    /// <summary>The user, uid: it isn't shown, but a record without it is left out.</summary>
    User = 1 << 1,

    /// <summary>The process, pid.</summary>
    Process = 1 << 2,

    /// <summary>The login session, ses.</summary>
    Session = 1 << 3,

    /// <summary>The terminal.</summary>
    Terminal = 1 << 4,

    /// <summary>The host name or address it came from.</summary>
    HostName = 1 << 5,

    /// <summary>The program, exe.</summary>
    Executable = 1 << 6,

    /// <summary>The command's name, comm.</summary>
    Command = 1 << 7,

    /// <summary>The account that was named, acct.</summary>
    Account = 1 << 8,

    /// <summary>The names of files.</summary>
    Files = 1 << 9,

    /// <summary>The keys of the rules that caught it.</summary>
    Keys = 1 << 10,

    /// <summary>The machine whose numbers system calls have.</summary>
    Machine = 1 << 11,

    /// <summary>Subjects and objects of access decisions.</summary>
    Labels = 1 << 12,
}
