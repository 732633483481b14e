using System.Text;
using Akashi.Tables;
using K = Akashi.Interpretation.ArgumentKind;

namespace Akashi.Interpretation;

/// <summary>What the arguments of each system call are, where they are more than numbers.</summary>
/// <remarks>
/// Source: the manual page of each call, section 2, as far as the classic tools decode it. Their gaps stay, since scripts compare (the owner of
/// fchownat, say).
/// </remarks>
static class SyscallArguments
{
    static readonly Dictionary<string, ArgumentKinds> s_kinds = new()
    {
        ["access"] = new(K.Hex, K.AccessMode, K.Hex, K.Hex),
        ["bpf"] = new(K.BpfCommand, K.Hex, K.Hex, K.Hex),
        ["chmod"] = new(K.Hex, K.Mode, K.Hex, K.Hex),
        ["chown"] = new(K.Hex, K.User, K.Group, K.Hex),
        ["clock_settime"] = new(K.Clock, K.Hex, K.Hex, K.Hex),
        ["clone"] = new(K.CloneFlags, K.Hex, K.Hex, K.Hex),
        ["clone2"] = new(K.CloneFlags, K.Hex, K.Hex, K.Hex),
        ["creat"] = new(K.Hex, K.Mode, K.Hex, K.Hex),
        ["epoll_ctl"] = new(K.Hex, K.EpollOperation, K.Hex, K.Hex),
        ["exit"] = new(K.ExitCode, K.Hex, K.Hex, K.Hex),
        ["exit_group"] = new(K.ExitCode, K.Hex, K.Hex, K.Hex),
        ["faccessat"] = new(K.Directory, K.Hex, K.AccessMode, K.AccessFlags),
        ["faccessat2"] = new(K.Directory, K.Hex, K.AccessMode, K.AccessFlags),
        ["fchmod"] = new(K.Hex, K.Mode, K.Hex, K.Hex),
        ["fchmodat"] = new(K.Directory, K.Hex, K.Mode, K.Hex),
        ["fchownat"] = new(K.Directory, K.Hex, K.Hex, K.Hex),
        ["fcntl"] = new(K.Hex, K.FcntlCommand, K.FcntlValue, K.Hex),
        ["fcntl64"] = new(K.Hex, K.FcntlCommand, K.FcntlValue, K.Hex),
        ["file_getattr"] = new(K.Directory, K.Hex, K.Hex, K.Hex),
        ["file_setattr"] = new(K.Directory, K.Hex, K.Hex, K.Hex),
        ["fsconfig"] = new(K.Hex, K.FsconfigCommand, K.Hex, K.Hex),
        ["fsmount"] = new(K.Hex, K.CloseOnExec, K.Hex, K.Hex),
        ["fsopen"] = new(K.Hex, K.CloseOnExec, K.Hex, K.Hex),
        ["futimensat"] = new(K.Directory, K.Hex, K.Hex, K.Hex),
        ["futimesat"] = new(K.Directory, K.Hex, K.Hex, K.Hex),
        ["getrlimit"] = new(K.ResourceLimit, K.Hex, K.Hex, K.Hex),
        ["getsockopt"] = new(K.Hex, K.SocketLevel, K.SocketOption, K.Hex),
        ["getxattrat"] = new(K.Directory, K.Hex, K.XattrFlags, K.Hex),
        ["ioctl"] = new(K.Hex, K.IoctlRequest, K.Hex, K.Hex),
        ["kill"] = new(K.Hex, K.Signal, K.Hex, K.Hex),
        ["linkat"] = new(K.Directory, K.Hex, K.Directory, K.Hex),
        ["listxattrat"] = new(K.Directory, K.Hex, K.XattrFlags, K.Hex),
        ["lseek"] = new(K.Hex, K.Hex, K.SeekOrigin, K.Hex),
        ["mkdir"] = new(K.Hex, K.Mode, K.Hex, K.Hex),
        ["mkdirat"] = new(K.Directory, K.Hex, K.Mode, K.Hex),
        ["mknod"] = new(K.Hex, K.Mode, K.Hex, K.Hex),
        ["mknodat"] = new(K.Directory, K.Hex, K.Mode, K.Hex),
        ["mmap"] = new(K.Hex, K.Hex, K.Protection, K.MmapFlags),
        ["mount"] = new(K.Hex, K.Hex, K.Hex, K.MountFlags),
        ["move_mount"] = new(K.Hex, K.Hex, K.Directory, K.Hex),
        ["mprotect"] = new(K.Hex, K.Hex, K.Protection, K.Hex),
        ["mq_open"] = new(K.Hex, K.OpenFlags, K.Mode, K.Hex),
        ["name_to_handle_at"] = new(K.Directory, K.Hex, K.Hex, K.Hex),
        ["newfstatat"] = new(K.Directory, K.Hex, K.Hex, K.Hex),
        ["open"] = new(K.Hex, K.OpenFlags, K.ModeOfCreation, K.Hex),
        ["open_by_handle_at"] = new(K.Hex, K.Hex, K.OpenFlags, K.Hex),
        ["openat"] = new(K.Directory, K.Hex, K.OpenFlags, K.Hex),
        ["openat2"] = new(K.Directory, K.Hex, K.Hex, K.Hex),
        ["personality"] = new(K.Personality, K.Hex, K.Hex, K.Hex),
        ["prctl"] = new(K.PrctlOption, K.PrctlValue, K.Hex, K.Hex),
        ["ptrace"] = new(K.PtraceRequest, K.Hex, K.Hex, K.Hex),
        ["readlinkat"] = new(K.Directory, K.Hex, K.Directory, K.Hex),
        ["recv"] = new(K.Hex, K.Hex, K.Hex, K.MessageFlags),
        ["recvfrom"] = new(K.Hex, K.Hex, K.Hex, K.MessageFlags),
        ["recvmmsg"] = new(K.Hex, K.Hex, K.Hex, K.MessageFlags),
        ["recvmsg"] = new(K.Hex, K.Hex, K.MessageFlags, K.Hex),
        ["removexattrat"] = new(K.Directory, K.Hex, K.XattrFlags, K.Hex),
        ["renameat"] = new(K.Directory, K.Hex, K.Directory, K.Hex),
        ["renameat2"] = new(K.Directory, K.Hex, K.Directory, K.Hex),
        ["rt_sigaction"] = new(K.Signal, K.Hex, K.Hex, K.Hex),
        ["sched_setscheduler"] = new(K.Hex, K.SchedulingPolicy, K.Hex, K.Hex),
        ["send"] = new(K.Hex, K.Hex, K.Hex, K.MessageFlags),
        ["sendmmsg"] = new(K.Hex, K.Hex, K.Hex, K.MessageFlags),
        ["sendmsg"] = new(K.Hex, K.Hex, K.MessageFlags, K.Hex),
        ["sendto"] = new(K.Hex, K.Hex, K.Hex, K.MessageFlags),
        ["setfsgid"] = new(K.Group, K.Hex, K.Hex, K.Hex),
        ["setfsuid"] = new(K.User, K.Hex, K.Hex, K.Hex),
        ["setgid"] = new(K.Group, K.Hex, K.Hex, K.Hex),
        ["setns"] = new(K.Hex, K.CloneFlags, K.Hex, K.Hex),
        ["setregid"] = new(K.Group, K.Group, K.Hex, K.Hex),
        ["setresgid"] = new(K.Group, K.Group, K.Group, K.Hex),
        ["setresuid"] = new(K.User, K.User, K.User, K.Hex),
        ["setreuid"] = new(K.User, K.User, K.Hex, K.Hex),
        ["setrlimit"] = new(K.ResourceLimit, K.Hex, K.Hex, K.Hex),
        ["setsockopt"] = new(K.Hex, K.SocketLevel, K.SocketOption, K.Hex),
        ["setuid"] = new(K.User, K.Hex, K.Hex, K.Hex),
        ["setxattrat"] = new(K.Directory, K.Hex, K.XattrFlags, K.Hex),
        ["shmget"] = new(K.Hex, K.Hex, K.SharedMemoryFlags, K.Hex),
        ["sigaction"] = new(K.Signal, K.Hex, K.Hex, K.Hex),
        ["socket"] = new(K.SocketFamily, K.SocketType, K.SocketProtocol, K.Hex),
        ["socketcall"] = new(K.SocketCall, K.Hex, K.Hex, K.Hex),
        ["tgkill"] = new(K.Hex, K.Hex, K.Signal, K.Hex),
        ["tkill"] = new(K.Hex, K.Signal, K.Hex, K.Hex),
        ["umount2"] = new(K.Hex, K.UnmountFlags, K.Hex, K.Hex),
        ["unlinkat"] = new(K.Directory, K.Hex, K.Hex, K.Hex),
        ["unshare"] = new(K.CloneFlags, K.Hex, K.Hex, K.Hex),
        ["utimensat"] = new(K.Directory, K.Hex, K.Hex, K.Hex),
    };

    // Of each machine that was met, by the call's number; null where there is no such call.
    static readonly ArgumentKinds?[]?[] s_byNumber = new ArgumentKinds?[]?[(int)Machine.Riscv64 + 1];

    /// <summary>The kinds of a call's arguments; all Hex where nothing is known.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="number">The call's number there.</param>
    /// <param name="kinds">The kinds.</param>
    /// <returns>False where the machine has no such call.</returns>
    public static bool TryGet(Machine machine, long number, out ArgumentKinds kinds)
    {
        ArgumentKinds?[] known = s_byNumber[(int)machine] ??= Build(Syscalls.ForMachine(machine));
        ArgumentKinds? found = (ulong)number < (ulong)known.Length ? known[number] : null;
        kinds = found.GetValueOrDefault();
        return found.HasValue;
    }

    // Two threads may build one at once, and build the same.
    static ArgumentKinds?[] Build(NameTable names)
    {
        long last = -1;
        for (int entry = 0; entry < names.Count; entry++)
            last = Math.Max(last, names.NumberAt(entry));
        var kinds = new ArgumentKinds?[last + 1];
        for (long number = 0; number <= last; number++)
        {
            if (names.TryGetName(number, out ReadOnlySpan<byte> name))
                kinds[number] = Of(name);
        }

        return kinds;
    }

    static ArgumentKinds Of(ReadOnlySpan<byte> syscall)
    {
        Span<char> name = stackalloc char[64];
        return Encoding.ASCII.TryGetChars(syscall, name, out int length)
            && s_kinds.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name[..length], out ArgumentKinds kinds)
                ? kinds
                : default;
    }
}
