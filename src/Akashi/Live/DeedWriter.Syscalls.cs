using System.Text;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Live;

/// <summary>System calls.</summary>
sealed partial class DeedWriter
{
    const int SyscallNameMax = 48;
    const uint WriteModes = 3;

    void AppendSyscall(in EventParts parts, LineText text)
    {
        Span<char> buffer = stackalloc char[SyscallNameMax];
        ReadOnlySpan<char> name = NameOf(parts.Syscall, buffer);
        if (_command.TryReadExecve(parts.Event))
        {
            AppendExecuted(parts, text);
            return;
        }

        if (!TryAppendDescribed(parts, name, text))
        {
            AppendName(parts.Syscall, name, text);
            AppendPaths(parts, text, "DELETE"u8, "CREATE"u8, "NORMAL"u8, "UNKNOWN"u8);
        }

        AppendBy(parts, text);
    }

    void AppendExecuted(in EventParts parts, LineText text)
    {
        bool isRoot = parts.Syscall.TryFind("euid"u8, out ReadOnlySpan<byte> euid) && euid.SequenceEqual("0"u8);
        text.Begin(isRoot ? LiveColor.ActsAs : LiveColor.Done);
        text.Append(isRoot ? '#' : '$');
        text.End();
        text.Append(' ');
        int first = FalseName.FindScript(parts, _command);
        AppendDisguise(parts, text);
        text.Begin(LiveColor.Command);
        _mask.Apply(_command, parts);
        CommandText.Append(_command, text, first);
        text.End();
    }

    void AppendDisguise(in EventParts parts, LineText text)
    {
        Span<byte> path = stackalloc byte[FalseName.PathBytesMax];
        if (!FalseName.TryFind(parts, _command, path, out int length))
            return;
        text.Begin(LiveColor.ActsAs);
        text.AppendText(path[..length]);
        text.Append(" as "u8);
        text.End();
    }

    static ReadOnlySpan<byte> LastName(ReadOnlySpan<byte> path) => path[(path.LastIndexOf((byte)'/') + 1)..];

    static ReadOnlySpan<char> NameOf(in Record syscall, Span<char> buffer)
    {
        if (!syscall.TryFind("arch"u8, out ReadOnlySpan<byte> arch) || !syscall.TryFind("syscall"u8, out ReadOnlySpan<byte> number)
            || !Machines.TryFromElf((long)RawNumber.ReadHex(arch), out Machine machine)
            || !Syscalls.ForMachine(machine).TryGetName(RawNumber.Read(number, otherwise: -1), out ReadOnlySpan<byte> name))
            return default;
        return Encoding.ASCII.TryGetChars(name, buffer, out int length) ? buffer[..length] : default;
    }

    static void AppendName(in Record syscall, ReadOnlySpan<char> name, LineText text)
    {
        if (name.IsEmpty)
        {
            text.Append("syscall "u8);
            text.AppendText(syscall.TryFind("syscall"u8, out ReadOnlySpan<byte> number) ? number : "?"u8);
            return;
        }

        foreach (char letter in name)
            text.Append(letter);
    }

    // The calls that administrators watch, in words; all others go by their names.
    bool TryAppendDescribed(in EventParts parts, ReadOnlySpan<char> name, LineText text)
    {
        switch (name)
        {
            case "open":
                return AppendOpened(parts, "a1"u8, text);
            case "openat":
                return AppendOpened(parts, "a2"u8, text);
            case "openat2" or "open_by_handle_at":
                return AppendDeed(parts, "opens"u8, text, "CREATE"u8, "NORMAL"u8, "UNKNOWN"u8);
            case "creat":
                return AppendDeed(parts, "creates"u8, text, "CREATE"u8, "NORMAL"u8, "UNKNOWN"u8);
            case "execve" or "execveat":
                return AppendDeed(parts, "runs"u8, text, "NORMAL"u8, "UNKNOWN"u8);
            case "unlink" or "unlinkat":
                return AppendDeed(parts, "deletes"u8, text, "DELETE"u8, "NORMAL"u8, "UNKNOWN"u8);
            case "rmdir":
                return AppendDeed(parts, "deletes directory"u8, text, "DELETE"u8, "NORMAL"u8, "UNKNOWN"u8);
            case "mkdir" or "mkdirat":
                return AppendDeed(parts, "makes directory"u8, text, "CREATE"u8, "NORMAL"u8, "UNKNOWN"u8);
            case "mknod" or "mknodat":
                return AppendDeed(parts, "makes node"u8, text, "CREATE"u8, "NORMAL"u8, "UNKNOWN"u8);
            case "rename" or "renameat" or "renameat2":
                return AppendPair(parts, "renames"u8, "DELETE"u8, "CREATE"u8, text);
            case "link" or "linkat":
                return AppendPair(parts, "links"u8, "NORMAL"u8, "CREATE"u8, text);
            case "symlink" or "symlinkat":
                return AppendDeed(parts, "makes symbolic link"u8, text, "CREATE"u8, "UNKNOWN"u8);
            case "truncate" or "ftruncate":
                return AppendDeed(parts, "truncates"u8, text, "NORMAL"u8, "UNKNOWN"u8);
            default:
                return TryAppendRight(parts, name, text);
        }
    }

    bool TryAppendRight(in EventParts parts, ReadOnlySpan<char> name, LineText text)
    {
        switch (name)
        {
            case "chmod" or "fchmod" or "fchmodat" or "fchmodat2":
                AppendDeed(parts, "changes mode of"u8, text, "NORMAL"u8, "UNKNOWN"u8);
                AppendMode(parts.Syscall, name is "chmod" or "fchmod" ? "a1"u8 : "a2"u8, text);
                return true;
            case "chown" or "fchown" or "lchown" or "fchownat":
                AppendDeed(parts, "changes owner of"u8, text, "NORMAL"u8, "UNKNOWN"u8);
                AppendOwner(parts.Syscall, name is "fchownat" ? "a2"u8 : "a1"u8, text);
                return true;
            case "setxattr" or "lsetxattr" or "fsetxattr" or "removexattr" or "lremovexattr" or "fremovexattr":
                return AppendDeed(parts, "changes attributes of"u8, text, "NORMAL"u8, "UNKNOWN"u8);
            case "connect":
                return AppendAddressed(parts, "connects to"u8, text);
            case "bind":
                return AppendAddressed(parts, "binds"u8, text);
            case "accept" or "accept4":
                return AppendAddressed(parts, "accepts"u8, text);
            case "mount" or "move_mount":
                return AppendDeed(parts, "mounts"u8, text, "NORMAL"u8, "UNKNOWN"u8);
            case "umount2" or "umount":
                return AppendDeed(parts, "unmounts"u8, text, "NORMAL"u8, "UNKNOWN"u8);
            case "kill" or "tkill" or "tgkill" or "rt_sigqueueinfo" or "pidfd_send_signal":
                return AppendSignal(parts, name, text);
            case "init_module" or "finit_module":
                return AppendModule(parts, "loads kernel module"u8, text);
            case "delete_module":
                return AppendModule(parts, "unloads kernel module"u8, text);
            case "settimeofday" or "clock_settime" or "adjtimex" or "clock_adjtime":
                text.Append("sets the clock"u8);
                return true;
            case "sethostname" or "setdomainname":
                text.Append("sets the host's name"u8);
                return true;
            default:
                return false;
        }
    }

    bool AppendOpened(in EventParts parts, ReadOnlySpan<byte> flagsField, LineText text)
    {
        bool isCreated = TryFindPath(parts, "CREATE"u8, out _);
        bool isWritten = parts.Syscall.TryFind(flagsField, out ReadOnlySpan<byte> flags) && (RawNumber.ReadHex(flags) & WriteModes) != 0;
        text.Append(isCreated ? "creates"u8 : isWritten ? "opens to write"u8 : "opens"u8);
        AppendFirstPath(parts, text, "CREATE"u8, "NORMAL"u8, "UNKNOWN"u8);
        return true;
    }

    static bool AppendDeed(in EventParts parts, ReadOnlySpan<byte> verb, LineText text,
        ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third = default)
    {
        text.Append(verb);
        AppendFirstPath(parts, text, first, second, third);
        return true;
    }

    static bool AppendPair(in EventParts parts, ReadOnlySpan<byte> verb, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, LineText text)
    {
        text.Append(verb);
        AppendFirstPath(parts, text, from, "UNKNOWN"u8, default);
        text.Append(" to"u8);
        AppendFirstPath(parts, text, to, "UNKNOWN"u8, default);
        return true;
    }

    static void AppendMode(in Record syscall, ReadOnlySpan<byte> field, LineText text)
    {
        if (!syscall.TryFind(field, out ReadOnlySpan<byte> raw))
            return;
        ulong mode = RawNumber.ReadHex(raw) & 0xFFF;
        text.Append(" to "u8);
        for (int shift = 9; shift >= 0; shift -= 3)
            text.Append((char)('0' + ((mode >> shift) & 7)));
    }

    // -1 leaves the owner, or the group, as it is.
    void AppendOwner(in Record syscall, ReadOnlySpan<byte> field, LineText text)
    {
        ReadOnlySpan<byte> groupField = field[1] == '1' ? "a2"u8 : "a3"u8;
        if (!syscall.TryFind(field, out ReadOnlySpan<byte> owner) || !syscall.TryFind(groupField, out ReadOnlySpan<byte> group))
            return;
        uint uid = (uint)RawNumber.ReadHex(owner), gid = (uint)RawNumber.ReadHex(group);
        text.Append(" to "u8);
        if (uid != uint.MaxValue)
            people.AppendUser(uid, text);
        if (gid == uint.MaxValue)
            return;
        text.Append(':');
        if (host.Accounts.FindGroupName(gid) is { } name)
            text.AppendText(name);
        else
            text.Append(gid);
    }

    bool AppendAddressed(in EventParts parts, ReadOnlySpan<byte> verb, LineText text)
    {
        text.Append(verb);
        text.Append(' ');
        if (parts.Event.TryFindRecord(RecordType.Sockaddr, out Record record) && record.TryFind("saddr"u8, out ReadOnlySpan<byte> raw))
            SocketAddressText.Append(raw, text);
        else
            text.Append('?');
        return true;
    }

    static bool AppendSignal(in EventParts parts, ReadOnlySpan<char> name, LineText text)
    {
        ReadOnlySpan<byte> field = name is "tgkill" ? "a2"u8 : "a1"u8;
        text.Append("sends "u8);
        long signal = parts.Syscall.TryFind(field, out ReadOnlySpan<byte> raw) ? (long)RawNumber.ReadHex(raw) : -1;
        if (Signals.Names.TryGetName(signal, out ReadOnlySpan<byte> signalName))
            text.Append(signalName);
        else
            text.Append(signal);
        if (parts.Event.TryFindRecord(RecordType.ObjPid, out Record target) && target.TryFind("opid"u8, out ReadOnlySpan<byte> pid))
        {
            text.Append(" to "u8);
            if (target.TryFind("ocomm"u8, out ReadOnlySpan<byte> comm))
                AppendValue(comm, text);
            text.Append(" ["u8);
            text.AppendText(pid);
            text.Append(']');
        }

        return true;
    }

    static bool AppendModule(in EventParts parts, ReadOnlySpan<byte> verb, LineText text)
    {
        text.Append(verb);
        text.Append(' ');
        if (parts.Event.TryFindRecord(RecordType.KernModule, out Record record) && record.TryFind("name"u8, out ReadOnlySpan<byte> name))
            AppendValue(name, text);
        else
            text.Append('?');
        return true;
    }
}
