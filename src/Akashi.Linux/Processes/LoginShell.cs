using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Akashi.Host;
using Akashi.Linux.Accounts;
using Akashi.Linux.Files;
using Microsoft.Win32.SafeHandles;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Processes;

/// <summary>The real shell of a login whose login shell we are.</summary>
/// <remarks>
/// It gets our environment byte for byte but for SHELL, which names it, also what the loader took out of ours.
/// Ignored signals outlive execve(2), and the runtime ignores SIGPIPE: it's put back.
/// </remarks>
public static unsafe class LoginShell
{
    static readonly int[] s_ignored = [13 /* SIGPIPE */, SIGXFSZ];
    static readonly HashSet<string> s_dropped = [];

    /// <summary>Nobody may trace this process from now on, nor read its memory; the shell may be traced again.</summary>
    public static void CloseToOthers() => _ = prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);

    /// <summary>The shell that the accounts of the machine give to a user, getpwuid(3): /etc/passwd, or a directory server.</summary>
    /// <returns>Null where there is no such user; /bin/sh where none is named, passwd(5).</returns>
    public static string? FindAccountShell(uint uid) => AccountDatabase.FindShell(uid) is { } shell ? (shell.Length > 0 ? shell : "/bin/sh") : null;

    /// <summary>What we were started with, byte for byte: names of files aren't always UTF-8. The first is our own name.</summary>
    /// <remarks>From the kernel: what the runtime gives is text.</remarks>
    public static IReadOnlyList<byte[]> Arguments()
    {
        byte[] all = File.ReadAllBytes("/proc/self/cmdline");
        var found = new List<byte[]>();
        for (int start = 0; start < all.Length;)
        {
            int end = Array.IndexOf(all, (byte)0, start);
            end = end < 0 ? all.Length : end;
            found.Add(all[start..end]);
            start = end + 1;
        }

        return found;
    }

    /// <summary>The value of an environment variable, byte for byte; null where there is none.</summary>
    public static byte[]? Variable(string name)
    {
        byte* found = getenv(name);
        return found is null ? null : MemoryMarshal.CreateReadOnlySpanFromNullTerminated(found).ToArray();
    }

    /// <summary>Takes a variable out of what the shell gets.</summary>
    public static void DropVariable(string name)
    {
        s_dropped.Add(name);
        _ = unsetenv(name);
    }

    /// <summary>Becomes the shell, execve(2).</summary>
    /// <param name="path">Its file.</param>
    /// <param name="arguments">Its arguments, beginning with its name.</param>
    /// <returns>Why it can't; where it can it doesn't return.</returns>
    public static string Become(string path, IReadOnlyList<byte[]> arguments)
    {
        using var argv = new NativeStrings(arguments);
        foreach (int number in s_ignored)
            _ = signal(number, 0);
        byte*[] variables = Environment(path, null, out nint[] made);
        fixed (byte** envp = variables)
            _ = execve(path, argv.Pointer, envp);
        int errno = Errno;
        foreach (nint text in made)
            NativeMemory.Free((void*)text);
        return ErrorText.Of(errno);
    }

    /// <summary>Starts the shell as our child, the leader of a session whose controlling terminal is the given one.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="arguments">Its arguments, beginning with its name.</param>
    /// <param name="terminal">The path of its terminal.</param>
    /// <returns>Its number; minus the error number where it can't be started.</returns>
    public static int Start(string path, IReadOnlyList<byte[]> arguments, string terminal)
    {
        using var spawn = new Spawn();
        spawn.OpenTerminal(terminal);
        return Start(spawn, path, arguments, terminal);
    }

    /// <summary>Starts the shell as our child with our standard streams, in our session and process group: a login without a terminal that we wait for.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="arguments">Its arguments, beginning with its name.</param>
    /// <returns>Its number; minus the error number where it can't be started.</returns>
    public static int StartBeside(string path, IReadOnlyList<byte[]> arguments)
    {
        using var spawn = new Spawn(ownSession: false);
        return Start(spawn, path, arguments, null);
    }

    /// <summary>Closes our copies of the standard streams: a pipe ends when the shell closes it.</summary>
    public static void LeaveStreams() => DaemonProcess.LeaveStandardStreams();

    /// <summary>Closes a terminal: standard input, output and error become /dev/null, and other copies that we were started with are closed.</summary>
    public static void LeaveTerminal()
    {
        DaemonProcess.LeaveStandardStreams();
        foreach (string file in Directory.GetFiles("/proc/self/fd"))
        {
            if (int.TryParse(Path.GetFileName(file.AsSpan()), out int descriptor) && descriptor > 2 && isatty(descriptor) == 1)
                _ = close(descriptor);
        }
    }

    /// <summary>Waits for the end of the child.</summary>
    /// <returns>Its exit code; minus the signal where one ended it; null where the kernel doesn't tell.</returns>
    public static int? WaitForEnd(int pid)
    {
        ProgramPages.Release();
        int status;
        while (waitpid(pid, &status, 0) != pid)
        {
            if (Errno != EINTR)
                return null;
        }

        int number = status & 0x7F;
        return number == 0 ? (status >> 8) & 0xFF : -number;
    }

    /// <summary>Passes a signal on.</summary>
    public static void Send(int pid, int number) => _ = kill(pid, number);

    /// <summary>Ends us by the signal that ended the shell, so that whoever waits for us sees the same; no second core is written.</summary>
    public static void EndBy(int number)
    {
        var none = default(rlimit);
        _ = setrlimit(RLIMIT_CORE, &none);
        _ = signal(number, 0);
        sigset_t one;
        _ = sigemptyset(&one);
        _ = sigaddset(&one, number);
        _ = pthread_sigmask(SIG_UNBLOCK, &one, null);
        _ = kill(getpid(), number);
    }

    // Who started us may have ignored SIGCHLD, which outlives execve(2): children leave no exit status then, waitpid(2).
    static void KeepEnds()
    {
        const string Label = "SigIgn:";
        string? line = ProcText.Lines("/proc/self/status").FirstOrDefault(line => line.StartsWith(Label, StringComparison.Ordinal));
        if (line is not null && ulong.TryParse(line.AsSpan(Label.Length), NumberStyles.HexNumber | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out ulong ignored)
            && (ignored & (1UL << (SIGCHLD - 1))) != 0)
            _ = signal(SIGCHLD, 0);
    }

    static int Start(Spawn spawn, string path, IReadOnlyList<byte[]> arguments, string? terminal)
    {
        KeepEnds();
        using var argv = new NativeStrings(arguments);
        byte*[] variables = Environment(path, terminal, out nint[] made);
        int pid;
        fixed (byte** envp = variables)
            pid = spawn.Start(path, argv.Pointer, envp);
        foreach (nint text in made)
            NativeMemory.Free((void*)text);
        return pid;
    }

    // Null-terminated; the ones we made are to be freed.
    static byte*[] Environment(string shell, string? terminal, out nint[] made)
    {
        byte** own = OwnEnvironment.Pointer;
        var all = new List<nint>();
        var texts = new List<nint> { Make("SHELL=" + shell) };
        bool hadTerminal = false;
        for (; own is not null && *own is not null; own++)
        {
            ReadOnlySpan<byte> variable = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(*own);
            bool isTerminal = terminal is not null && variable.StartsWith("SSH_TTY="u8);
            hadTerminal |= isTerminal;
            if (!isTerminal && !variable.StartsWith("SHELL="u8))
                all.Add((nint)(*own));
        }

        // Where our file has it (FileState.StartsSecurely), we take no orders of the loader's variables; the shell does, as ever.
        TakenVariables.GiveBack(all, OwnEnvironment.Pointer, s_dropped);
        if (hadTerminal)
            texts.Add(Make("SSH_TTY=" + terminal));
        all.AddRange(texts);
        made = [.. texts];
        var pointers = new byte*[all.Count + 1];
        for (int index = 0; index < all.Count; index++)
            pointers[index] = (byte*)all[index];
        return pointers;
    }

    static nint Make(string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        byte* start = (byte*)NativeMemory.AllocZeroed((nuint)length + 1);
        Encoding.UTF8.GetBytes(text, new Span<byte>(start, length));
        return (nint)start;
    }
}
