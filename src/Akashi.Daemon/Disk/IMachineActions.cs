namespace Akashi.Daemon.Disk;

/// <summary>What the daemon may do to the machine when a disk runs full: tests do it to a list.</summary>
/// <remarks>Every call returns at once; for use from several threads.</remarks>
public interface IMachineActions : IDisposable
{
    /// <summary>A line to the system log.</summary>
    void Say(string text);

    /// <summary>A letter.</summary>
    void Mail(string account, string subject, string text);

    /// <summary>Runs a program without arguments.</summary>
    /// <param name="program">Its file, checked before.</param>
    /// <param name="ended">Called on a thread of its own when it has ended, or couldn't be started.</param>
    void Execute(string program, Action ended);

    /// <summary>Tells everybody who is logged in, wall(1).</summary>
    void Wall(string text)
    {
    }

    /// <summary>Has the machine change to single user mode, or halt; everybody who is logged in is told.</summary>
    void ChangeRunLevel(RunLevel level);
}

/// <summary>What init(8) is asked for.</summary>
public enum RunLevel
{
    /// <summary><c>/sbin/init 0</c>.</summary>
    Halt,

    /// <summary><c>/sbin/init 1</c>.</summary>
    SingleUser,
}
