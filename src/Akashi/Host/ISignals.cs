namespace Akashi.Host;

/// <summary>The signals a tool may ask to be told of, signal(7).</summary>
public enum Signal
{
    /// <summary>SIGHUP: the terminal closed; to a daemon: read the configuration anew.</summary>
    Hangup,

    /// <summary>SIGINT: Ctrl-C.</summary>
    Interrupt,

    /// <summary>SIGTERM.</summary>
    Terminate,

    /// <summary>SIGUSR1: to auditd: rotate.</summary>
    User1,

    /// <summary>SIGUSR2: to auditd: resume.</summary>
    User2,

    /// <summary>SIGCONT: to auditd: write the state file.</summary>
    Continue,

    /// <summary>SIGWINCH: the terminal's size changed.</summary>
    WindowChange,

    /// <summary>SIGQUIT.</summary>
    Quit,

    /// <summary>SIGCHLD: a child stopped or ended.</summary>
    ChildChange,
}

/// <summary>Signals to this process, for those who ask; for the others they do what they do by default.</summary>
public interface ISignals
{
    /// <summary>Has an action run, on a thread of its own, each time the signal comes, instead of what the signal does by default.</summary>
    /// <returns>Ends it when disposed.</returns>
    /// <remarks>
    /// After that a signal does what it does by default, one that came before too where nobody was told of it yet: who may not end by it ignores it as well.
    /// </remarks>
    IDisposable On(Signal signal, Action action);

    /// <summary>From now on a signal does nothing by default, to the end of this process. Who asks to be told of it is told as before.</summary>
    void Ignore(Signal signal);
}
