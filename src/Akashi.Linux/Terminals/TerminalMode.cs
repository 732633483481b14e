using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Terminals;

/// <summary>Changes how a terminal takes keys, and puts it back as it was when disposed.</summary>
public sealed unsafe class TerminalMode : IDisposable
{
    readonly int _descriptor;
    readonly termios _before;
    bool _isRestored;

    TerminalMode(int descriptor, termios before)
    {
        _descriptor = descriptor;
        _before = before;
    }

    /// <summary>What the terminal was before, for the terminal that a session is given.</summary>
    internal termios Before => _before;

    /// <summary>Every byte goes through unchanged and at once; nothing echoes.</summary>
    /// <param name="descriptor">The terminal.</param>
    /// <param name="keepsSignals">Whether Ctrl-C and its like still make signals, and Ctrl-S and Ctrl-Q hold the output.</param>
    /// <returns>Null where it is no terminal.</returns>
    public static TerminalMode? TryMakeRaw(int descriptor, bool keepsSignals = false)
    {
        termios before;
        if (tcgetattr(descriptor, &before) != 0)
            return null;
        termios raw = before;
        cfmakeraw(&raw);
        raw.c_lflag &= ~ECHO;
        if (keepsSignals)
            (raw.c_lflag, raw.c_iflag) = (raw.c_lflag | ISIG, raw.c_iflag | IXON);
        _ = tcsetattr(descriptor, TCSANOW, &raw);
        return new TerminalMode(descriptor, before);
    }

    /// <summary>Every byte goes through again: after a shell, to which we were stopped, set the terminal as it likes it.</summary>
    public void MakeRawAgain()
    {
        termios raw = _before;
        cfmakeraw(&raw);
        if (!_isRestored)
            _ = tcsetattr(_descriptor, TCSANOW, &raw);
    }

    /// <summary>Puts it back.</summary>
    public void Dispose()
    {
        if (_isRestored)
            return;
        _isRestored = true;
        termios before = _before;
        _ = tcsetattr(_descriptor, TCSADRAIN, &before);
    }
}
