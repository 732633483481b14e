using Akashi.Remote;

namespace Akashi.Daemon.Remote;

/// <summary>Messages of one sender and one host that came one behind the other: written together, answered together.</summary>
struct RemoteRun
{
    /// <summary>Who sent them.</summary>
    public RemoteClient Client;

    /// <summary>Whose records they are; null where they are none.</summary>
    public KnownHost? Host;

    /// <summary>The number of the first message.</summary>
    public uint First;

    /// <summary>Of the last.</summary>
    public uint Last;

    /// <summary>How many.</summary>
    public int Messages;

    /// <summary>Where its lines begin in the batch.</summary>
    public int Start;

    /// <summary>Their bytes.</summary>
    public int Length;

    /// <summary>How many lines: fewer than messages where some are no records.</summary>
    public int Records;

    /// <summary>Whether somebody waits for an answer; nobody who sends lines does, nor sends again what the disk refuses.</summary>
    public bool IsAnswered;

    /// <summary>Whether it is not to be written: it was refused before, or something before it in its stream was.</summary>
    public bool IsRefused;

    /// <summary>What the write stage did with them.</summary>
    public RemoteMessageType Answer;
}
