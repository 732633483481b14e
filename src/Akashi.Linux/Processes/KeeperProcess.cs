using Akashi.Host;
using Akashi.Linux.Files;
using Microsoft.Win32.SafeHandles;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Processes;

/// <summary>A process that keeps one session's terminals: how it's started, and how it gives up what it was started with.</summary>
public static unsafe class KeeperProcess
{
    // PID_MAX_LIMIT of the kernel.
    const uint PidMax = 4_194_304;

    // Above whatever the child finds its own under.
    const int CopiesFrom = 100;

    /// <summary>Starts this program as one, in a session of its own, with certain descriptors alone.</summary>
    /// <param name="program">Its file.</param>
    /// <param name="arguments">Its arguments, beginning with its name.</param>
    /// <param name="given">What it finds as 3, 4 and so on; stays the caller's.</param>
    /// <returns>Its number: our child.</returns>
    /// <exception cref="AuditException">It can't be started.</exception>
    public static int Start(string program, IReadOnlyList<string> arguments, ReadOnlySpan<SafeFileHandle> given)
    {
        using var argv = new NativeStrings(arguments);
        using var envp = new NativeStrings(["PATH=/usr/sbin:/usr/bin:/sbin:/bin", .. RuntimeVariables()]);
        using var spawn = new Spawn();
        for (int descriptor = 0; descriptor < 3; descriptor++)
            spawn.Silence(descriptor);
        int* copies = stackalloc int[given.Length];
        new Span<int>(copies, given.Length).Fill(-1);
        try
        {
            for (int index = 0; index < given.Length; index++)
            {
                using var held = new HeldDescriptor(given[index]);
                copies[index] = fcntl(held.Value, F_DUPFD_CLOEXEC, CopiesFrom);
                spawn.Copy(copies[index], 3 + index);
            }

            spawn.CloseFrom(3 + given.Length);
            int pid = spawn.Start(program, argv.Pointer, envp.Pointer);
            return pid > 0 ? pid : throw new AuditException($"cannot start {program}: {ErrorText.Of(-pid)}");
        }
        finally
        {
            for (int index = 0; index < given.Length; index++)
                _ = close(copies[index]);
        }
    }

    /// <summary>In the keeper: makes a terminal ours, whoever's controlling terminal it was. For root, and a leader of a session without one.</summary>
    /// <returns>Null, or why not.</returns>
    public static string? TryTakeTerminal(SafeFileHandle terminal)
    {
        using var held = new HeldDescriptor(terminal);
        return ioctl(held.Value, TIOCSCTTY, (nuint)1) == 0 ? null : ErrorText.Of(Errno);
    }

    /// <summary>Whether this process's user namespace has a user for every process number above a first: /proc/self/uid_map.</summary>
    public static bool HasUsers(uint first)
    {
        foreach (string line in ProcText.Lines("/proc/self/uid_map"))
        {
            // FIRST-HERE FIRST-OUTSIDE COUNT
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 3 && uint.TryParse(words[0], out uint from) && uint.TryParse(words[2], out uint count)
                && from <= first && first - from <= count && count - (first - from) > PidMax)
                return true;
        }

        return false;
    }

    /// <summary>In the keeper: has a terminal belong to a user alone.</summary>
    /// <returns>Null, or why not.</returns>
    public static string? TryOwn(SafeFileHandle terminal, uint uid)
    {
        const uint OwnersAlone = 0x180 /* rw------- */;
        using var held = new HeldDescriptor(terminal);
        return fchown(held.Value, uid, uint.MaxValue) == 0 && fchmod(held.Value, OwnersAlone) == 0 ? null : ErrorText.Of(Errno);
    }

    /// <summary>In the keeper: gives up root for good, with every thread; nobody traces us, and no core is written of what we saw.</summary>
    /// <exception cref="AuditException">It can't: the keeper must end.</exception>
    public static void DropRights(uint uid, uint gid)
    {
        var none = default(rlimit);
        if (uid == 0 || setgroups(0, null) != 0 || setresgid(gid, gid, gid) != 0 || setresuid(uid, uid, uid) != 0)
            throw new AuditException($"cannot become user {uid}: {(uid == 0 ? "that is root" : ErrorText.Of(Errno))}");
        if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 || setrlimit(RLIMIT_CORE, &none) != 0
            || getuid() != uid || geteuid() != uid || setresuid(0, 0, 0) == 0)
            throw new AuditException("cannot give up rights");
    }

    // Where it isn't compiled ahead of time, the runtime is found by the names that we have too. A heap of 64 MB at most needs smaller tables: 0.27 MB less for each keeper.
    static IEnumerable<string> RuntimeVariables() => ((IEnumerable<string>)["DOTNET_GCHeapHardLimit=4000000"]).Concat(
        from name in (string[])["DOTNET_ROOT", "DOTNET_gcServer"]
        where Environment.GetEnvironmentVariable(name) is { Length: > 0 }
        select $"{name}={Environment.GetEnvironmentVariable(name)}");
}
