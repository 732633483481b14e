using Akashi.Linux.Files;
using Microsoft.Win32.SafeHandles;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Terminals;

/// <summary>The terminal that a login was given, taken from it for the time of a recording.</summary>
/// <remarks>
/// Holding one proves: it is a terminal, of the devpts or the device directory that we see ourselves. Its inode is held without the terminal being open (O_PATH), so that
/// a line that drops is noticed by whoever reads it.
/// </remarks>
public sealed unsafe class OuterTerminal : IDisposable
{
    const uint PseudoMajorFirst = 136;
    const uint PseudoMajorLast = 143;
    readonly SafeFileHandle _place;
    readonly statx _before;

    OuterTerminal(SafeFileHandle place, statx before) => (_place, _before) = (place, before);

    /// <summary>Its number as the controlling terminal of /proc/PID/stat has it.</summary>
    public int DeviceNumber => NumberOf(_before);

    /// <summary>Whether somebody holds its other end: no console or serial line.</summary>
    public bool IsPseudo => _before.stx_rdev_major is >= PseudoMajorFirst and <= PseudoMajorLast;

    /// <summary>The 3 of /dev/pts/3.</summary>
    public int Index => (int)(((_before.stx_rdev_major - PseudoMajorFirst) << 20) | _before.stx_rdev_minor);

    /// <summary>Its name: <c>pts3</c>, <c>tty4-64</c> for a device of other numbers.</summary>
    public string Name => IsPseudo ? $"pts{Index}" : $"tty{_before.stx_rdev_major}-{_before.stx_rdev_minor}";

    /// <summary>Whose it is.</summary>
    public uint Owner => _before.stx_uid;

    /// <summary>Its group.</summary>
    public uint Group => _before.stx_gid;

    /// <summary>Its permissions.</summary>
    public uint Mode => _before.stx_mode & 0xFFFu;

    /// <summary>Its path as /proc has it: <c>/dev/pts/3</c>, <c>/dev/tty1</c>.</summary>
    public string Path
    {
        get
        {
            using var held = new HeldDescriptor(_place);
            return File.ResolveLinkTarget($"/proc/self/fd/{held.Value}", returnFinalTarget: false)?.FullName ?? Name;
        }
    }

    /// <summary>Takes hold again of one that another process held when it was taken.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="deviceNumber">Its number.</param>
    /// <param name="keeper">Whose it is now.</param>
    /// <param name="before">Owner, group and permissions that it's given back with.</param>
    /// <returns>Null where it's another by now, or gone.</returns>
    public static OuterTerminal? TryRestore(string path, int deviceNumber, uint keeper, (uint Owner, uint Group, uint Mode) before)
    {
        var place = new SafeFileHandle(open(path, O_PATH | O_CLOEXEC | O_NOFOLLOW, 0), ownsHandle: true);
        if (!place.IsInvalid && TryStat(place, out statx found) && (found.stx_mode & S_IFMT) == S_IFCHR && found.stx_uid == keeper)
        {
            (found.stx_uid, found.stx_gid, found.stx_mode) = (before.Owner, before.Group, (ushort)(((uint)found.stx_mode & (uint)S_IFMT) | before.Mode));
            var terminal = new OuterTerminal(place, found);
            if (terminal.DeviceNumber == deviceNumber)
                return terminal;
        }

        place.Dispose();
        return null;
    }

    /// <summary>Looks at what somebody sent.</summary>
    /// <param name="given">Any descriptor; stays the caller's.</param>
    /// <param name="fault">Why not; empty where it's one.</param>
    /// <returns>Null where it's no terminal of ours.</returns>
    public static OuterTerminal? TryOpen(SafeFileHandle given, out string fault)
    {
        using var held = new HeldDescriptor(given);
        fault = "it is no terminal";
        if (isatty(held.Value) != 1)
            return null;
        var place = new SafeFileHandle(open($"/proc/self/fd/{held.Value}", O_PATH | O_CLOEXEC, 0), ownsHandle: true);
        if (!place.IsInvalid && TryStat(place, out statx found) && (found.stx_mode & S_IFMT) == S_IFCHR)
        {
            var terminal = new OuterTerminal(place, found);
            if (IsOf(terminal.IsPseudo ? "/dev/pts" : "/dev", found))
            {
                fault = "";
                return terminal;
            }

            fault = "it isn't a terminal of this machine's /dev";
        }

        place.Dispose();
        return null;
    }

    /// <summary>The number of what somebody sent, as <see cref="DeviceNumber"/>.</summary>
    /// <returns>0 where it's no device.</returns>
    public static int FindDeviceNumber(SafeFileHandle given) =>
        TryStat(given, out statx found) && (found.stx_mode & S_IFMT) == S_IFCHR ? NumberOf(found) : 0;

    /// <summary>Opens it anew: nobody else holds that description, so nobody else changes its flags.</summary>
    /// <returns>Null where it can't be opened any more.</returns>
    public SafeFileHandle? TryReopen()
    {
        using var held = new HeldDescriptor(_place);
        var opened = new SafeFileHandle(open($"/proc/self/fd/{held.Value}", O_RDWR | O_NOCTTY | O_CLOEXEC, 0), ownsHandle: true);
        return opened.IsInvalid ? null : opened;
    }

    /// <summary>Has it belong to whom it did, unless somebody took it since: a console's next getty, a person who logged in there.</summary>
    /// <param name="keeper">Whose it is for the time of a recording.</param>
    public void GiveBack(uint keeper)
    {
        if (!TryStat(_place, out statx now) || now.stx_uid != keeper)
            return;
        using var held = new HeldDescriptor(_place);
        _ = fchownat(held.Value, "", Owner, Group, AT_EMPTY_PATH) == 0 && chmod($"/proc/self/fd/{held.Value}", Mode) == 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _place.Dispose();

    static bool TryStat(SafeFileHandle place, out statx found)
    {
        using var held = new HeldDescriptor(place);
        fixed (statx* start = &found)
            return statx_of(held.Value, "", AT_EMPTY_PATH, STATX_TYPE | STATX_MODE | STATX_UID | STATX_GID, start) == 0;
    }

    // A device node elsewhere, or a devpts that somebody mounted for themselves in a namespace, has other owners than it seems.
    static int NumberOf(in statx found) => (int)((found.stx_rdev_minor & 0xFF) | (found.stx_rdev_major << 8) | ((found.stx_rdev_minor & ~0xFFu) << 12));

    static bool IsOf(string directory, in statx found)
    {
        statx place;
        return statx_of(AT_FDCWD, directory, 0, STATX_TYPE, &place) == 0
            && place.stx_dev_major == found.stx_dev_major && place.stx_dev_minor == found.stx_dev_minor;
    }
}
