using Akashi.Host;
using Akashi.Recordings;
using Microsoft.Win32.SafeHandles;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Terminals;

/// <summary>Whether a session's terminal echoes what is typed.</summary>
public enum EchoMode
{
    /// <summary>It does, also where the terminal around it doesn't: what util-linux 2.38.1 makes of it.</summary>
    Auto,
    Always,
    Never,
}

/// <summary>A pseudo terminal, pty(7): the session lives at one end, we at the other.</summary>
/// <remarks>We hold the session's end too: so the terminal outlives its programs until what they wrote is read, and nothing is lost.
/// Once the session's first program has ended we let go of it.</remarks>
public sealed unsafe class PseudoTerminal : IDisposable
{
    readonly SafeFileHandle _masterHandle;
    readonly SafeFileHandle _slaveHandle;

    PseudoTerminal(int master, int slave, string path)
    {
        Master = master;
        Slave = slave;
        Path = path;
        _masterHandle = new SafeFileHandle(master, ownsHandle: true);
        _slaveHandle = new SafeFileHandle(slave, ownsHandle: true);
    }

    PseudoTerminal(SafeFileHandle master, SafeFileHandle slave)
    {
        (_masterHandle, _slaveHandle) = (master, slave);
        (Master, Slave) = ((int)master.DangerousGetHandle(), (int)slave.DangerousGetHandle());
        int number;
        Path = ioctl(Master, TIOCGPTN, &number) == 0 ? $"/dev/pts/{number}" : "";
    }

    /// <summary>The path of the session's end: <c>/dev/pts/3</c>.</summary>
    public string Path { get; }

    internal int Master { get; }

    internal int Slave { get; }

    /// <summary>Makes one.</summary>
    /// <param name="outer">The terminal around it, whose settings and size it gets; null for the defaults.</param>
    /// <param name="outerDescriptor">That terminal's descriptor.</param>
    /// <param name="echo">Whether it echoes.</param>
    /// <exception cref="AuditException">None is to be had.</exception>
    public static PseudoTerminal Open(TerminalMode? outer, int outerDescriptor, EchoMode echo)
    {
        int master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK, 0);
        int number, locked = 0;
        if (master < 0 || ioctl(master, TIOCGPTN, &number) != 0 || ioctl(master, TIOCSPTLCK, &locked) != 0)
            throw Refused(master);
        int slave = ioctl(master, TIOCGPTPEER, (nuint)(O_RDWR | O_NOCTTY | O_CLOEXEC));
        if (slave < 0)
            throw Refused(master);

        var made = new PseudoTerminal(master, slave, $"/dev/pts/{number}");
        termios settings;
        if (outer is not null)
            settings = outer.Before;
        else
            _ = tcgetattr(slave, &settings);
        settings.c_lflag = echo == EchoMode.Never ? settings.c_lflag & ~ECHO : settings.c_lflag | ECHO;
        _ = tcsetattr(slave, TCSANOW, &settings);
        made.TakeSizeOf(outerDescriptor, out _, out _);
        return made;
    }

    /// <summary>Makes one whose session's end belongs to a user, as a login server does: group tty, 0620.</summary>
    /// <exception cref="AuditException">None is to be had.</exception>
    public static PseudoTerminal OpenFor(uint uid, uint terminalGid)
    {
        PseudoTerminal made = Open(null, -1, EchoMode.Auto);
        const uint Mode = 0x190 /* rw--w---- */;
        if (fchown(made.Slave, uid, terminalGid) == 0 && fchmod(made.Slave, Mode) == 0)
            return made;
        int errno = Errno;
        made.Dispose();
        throw new AuditException($"cannot give away {made.Path}: {ErrorText.Of(errno)}");
    }

    /// <summary>Takes over one that somebody else made; it gets another terminal's settings and size.</summary>
    public static PseudoTerminal Adopt(SafeFileHandle master, SafeFileHandle slave, TerminalMode outer, int outerDescriptor)
    {
        var adopted = new PseudoTerminal(master, slave);
        termios settings = outer.Before;
        _ = tcsetattr(adopted.Slave, TCSANOW, &settings);
        adopted.TakeSizeOf(outerDescriptor, out _, out _);
        return adopted;
    }

    /// <summary>Our end, for whom it's handed to.</summary>
    public SafeFileHandle MasterHandle => _masterHandle;

    /// <summary>The session's end, likewise.</summary>
    public SafeFileHandle SlaveHandle => _slaveHandle;

    /// <summary>Takes over another terminal's size; the session's programs get SIGWINCH by the kernel.</summary>
    /// <returns>False where that is no terminal.</returns>
    public bool TakeSizeOf(int descriptor, out int rowCount, out int columnCount)
    {
        winsize size;
        bool isKnown = ioctl(descriptor, TIOCGWINSZ, &size) == 0;
        rowCount = isKnown ? size.ws_row : 0;
        columnCount = isKnown ? size.ws_col : 0;
        return isKnown && ioctl(Master, TIOCSWINSZ, &size) == 0;
    }

    /// <summary>Sets its size.</summary>
    public void SetSize(int rowCount, int columnCount)
    {
        var size = new winsize { ws_row = (ushort)rowCount, ws_col = (ushort)columnCount };
        _ = ioctl(Master, TIOCSWINSZ, &size);
    }

    /// <summary>What the session shows of what is typed now; raw where the terminal doesn't say.</summary>
    internal InputEcho InputEcho
    {
        get
        {
            termios settings;
            if (tcgetattr(Master, &settings) != 0)
                return InputEcho.Raw;
            return (settings.c_lflag & ECHO) != 0 ? InputEcho.Shown : (settings.c_lflag & ICANON) != 0 ? InputEcho.Hidden : InputEcho.Raw;
        }
    }

    /// <summary>The byte that ends input, Ctrl-D where nobody changed it.</summary>
    internal byte EndOfFile
    {
        get
        {
            termios settings;
            return tcgetattr(Slave, &settings) == 0 ? settings.c_cc[VEOF] : (byte)4;
        }
    }

    /// <summary>Lets go of the session's end: where no program of it has it open either, reading ours ends once all is read.</summary>
    internal void CloseSlave() => _slaveHandle.Dispose();

    /// <inheritdoc/>
    public void Dispose()
    {
        _masterHandle.Dispose();
        _slaveHandle.Dispose();
    }

    static AuditException Refused(int master)
    {
        int errno = Errno;
        if (master >= 0)
            _ = close(master);
        return new AuditException("failed to create pseudo-terminal: " + ErrorText.Of(errno));
    }
}
