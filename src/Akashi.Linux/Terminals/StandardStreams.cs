using Akashi.Host;
using Akashi.Linux.Files;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Terminals;

/// <summary>What the three streams that a program begins with are.</summary>
public static unsafe class StandardStreams
{
    /// <summary>What kind of thing a descriptor is.</summary>
    /// <param name="descriptor">0 for standard input, 1 for output, 2 for error.</param>
    public static FileKind KindOf(int descriptor)
    {
        if (IsTerminal(descriptor))
            return FileKind.Terminal;
        statx found;
        return statx_of(descriptor, "", AT_EMPTY_PATH, STATX_TYPE, &found) == 0 ? LinuxFiles.KindOf(found.stx_mode) : FileKind.Missing;
    }

    /// <summary>isatty(3).</summary>
    public static bool IsTerminal(int descriptor) => isatty(descriptor) == 1;

    /// <summary>The columns and rows of the terminal behind a descriptor.</summary>
    /// <returns>False, and 0, where it's no terminal or doesn't know its size.</returns>
    public static bool TryGetSize(int descriptor, out int columnCount, out int rowCount)
    {
        winsize size;
        bool isKnown = ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
        columnCount = isKnown ? size.ws_col : 0;
        rowCount = isKnown ? size.ws_row : 0;
        return isKnown;
    }

    /// <summary>Has something at each of the three descriptors, so that no file opened later takes the place of a closed one.</summary>
    public static void Occupy()
    {
        int opened;
        do
            opened = open("/dev/null", O_RDWR | O_CLOEXEC, 0);
        while (opened is >= 0 and <= 2);
        if (opened >= 0)
            _ = close(opened);
    }

    /// <summary>Whether a descriptor was open when this program began; one opened since then is somebody else's.</summary>
    /// <remarks>What was handed over can't be close-on-exec; what this process opened itself always is.</remarks>
    public static bool WasHandedOver(int descriptor) => fcntl(descriptor, F_GETFD, 0) == 0;

    /// <summary>A descriptor, or, where it was closed when this program began, one of /dev/null that stays open.</summary>
    public static int OrNothing(int descriptor) =>
        WasHandedOver(descriptor) ? descriptor : open("/dev/null", O_RDWR | O_CLOEXEC, 0);
}
