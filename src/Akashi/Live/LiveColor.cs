namespace Akashi.Live;

/// <summary>What a piece of a line is; a terminal shows each in its own colour.</summary>
public enum LiveColor
{
    /// <summary>As the terminal writes.</summary>
    Plain,

    /// <summary>What most readers skip: times, what a machine did by itself.</summary>
    Dim,

    /// <summary>A person.</summary>
    Person,

    /// <summary>The user that a person acts as.</summary>
    ActsAs,

    /// <summary>Terminal and address.</summary>
    Where,

    /// <summary>A directory.</summary>
    Directory,

    /// <summary>It could be done.</summary>
    Done,

    /// <summary>It could not.</summary>
    Refused,

    /// <summary>A command line.</summary>
    Command,

    /// <summary>What changes who may do what, or what is recorded: accounts, rules, the daemon.</summary>
    Change,

    /// <summary>What stands where a secret was.</summary>
    Mask,
}
