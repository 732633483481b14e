using System.Text;

namespace Akashi.Live;

/// <summary>Which word of a command line is the program: only there does a name bring its row of options.</summary>
public sealed partial class SecretMask
{
    // Programs that run the command in their operands: letters and long names of the options that take the next word, operands before the command.
    static readonly Runner[] s_runners =
    [
        new("sudo", "ugphCTrtUDR", "--user --group --prompt --host --close-from --command-timeout --role --type --other-user --chdir --chroot"),
        new("doas", "uC"),
        new("pkexec", "", "--user"),
        new("env", "uCS", "--unset --chdir --split-string"),
        new("nice", "n", "--adjustment"),
        new("ionice", "cnpPu", "--class --classdata"),
        new("nohup", ""),
        new("setsid", ""),
        new("stdbuf", "ioe", "--input --output --error"),
        new("time", "fo", "--format --output"),
        new("exec", "a"),
        new("command", ""),
        new("builtin", ""),
        new("busybox", ""),
        new("timeout", "ks", "--kill-after --signal", Operands: 1),
        new("chroot", "", Operands: 1),
        new("flock", "wE", "--timeout --wait --conflict-exit-code", Operands: 1),
        new("taskset", "", Operands: 1),
        new("chrt", "TPD", "--sched-runtime --sched-period --sched-deadline", Operands: 1),
        new("xargs", "adEILnPs", "--arg-file --delimiter --max-args --max-procs --max-chars --max-lines"),
        new("nsenter", "tSG", "--target --setuid --setgid"),
        new("unshare", "SGRw", "--setuid --setgid --root --wd"),
        new("strace", "abeEIoOpPsSuUX", "--output --trace --user"),
        new("sshpass", "pfdP"),
        new("ssh", "BbcDEeFIiJLlmOopQRSWw", Operands: 1),
        new("watch", "nq", "--interval"),
        new("eval", ""),
    ];

    // Where the command begins can't be told without knowing all of their options: any word may.
    static readonly string[] s_lenient =
    [
        "docker", "podman", "nerdctl", "kubectl", "oc", "lxc", "lxc-attach", "incus", "machinectl", "find", "parallel", "systemd-run", "runuser", "su",
        "firejail", "bwrap", "ltrace", "gdb", "script", "crictl", "chpst", "setpriv", "capsh", "proxychains", "proxychains4", "torsocks", "autossh", "mosh",
    ];

    static readonly string[] s_shells = ["sh", "bash", "dash", "zsh", "ksh", "mksh", "ash", "rbash", "fish", "su", "runuser"];

    // What they get is a text for a shell, without any -c.
    static readonly string[] s_textRunners = ["ssh", "watch", "eval", "mosh", "autossh"];

    static readonly string[] s_keywords = ["then", "do", "else", "if", "elif", "while", "until", "!", "{"];

    void NoteProgram(ref WordState words, ReadOnlySpan<byte> word)
    {
        if (words.IsNextValue)
        {
            words.IsNextValue = false;
            return;
        }

        if (words.HasProgram ? !words.IsLenient : !MayBeProgram(ref words, word))
            return;
        int slash = word.LastIndexOf((byte)'/');
        ReadOnlySpan<byte> name = word[(slash + 1)..];

        // A login shell calls itself -bash.
        if (!words.HasProgram && name.StartsWith("-"u8))
            name = name[1..];
        words.IsLenient |= IsAny(s_lenient, name);
        words.IsShell = IsAny(s_shells, name);
        words.RunsText |= IsAny(s_textRunners, name);
        NoteRunner(ref words, name);
        NoteRows(ref words, name);
    }

    // What ran besides what it called itself: each of its names brings its row.
    void NoteFile(ref WordState words, ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> own = _line[0];
        if (file.IsEmpty || file[(file.LastIndexOf((byte)'/') + 1)..].SequenceEqual(own[(own.LastIndexOf((byte)'/') + 1)..]))
            return;
        ulong rows = words.Rows;
        bool isShell = words.IsShell, hasProgram = words.HasProgram;
        words.IsNextValue = words.HasProgram = false;
        Runner? runner = words.Runner;
        words.Runner = null;
        NoteProgram(ref words, file);
        words.Rows |= rows;
        words.IsShell |= isShell;
        words.HasProgram &= hasProgram;
        words.Runner ??= runner;
    }

    // Options, assignments and operands of a runner stand before the command.
    static bool MayBeProgram(ref WordState words, ReadOnlySpan<byte> word)
    {
        if (words.Runner is not null && word.StartsWith("-"u8))
        {
            words.IsNextValue = words.Runner.TakesNext(word);
            return false;
        }

        if (IsAssignment(word) || IsAny(s_keywords, word))
            return false;
        if (words.Operands == 0)
            return true;
        words.Operands--;
        return false;
    }

    static void NoteRunner(ref WordState words, ReadOnlySpan<byte> name)
    {
        words.HasProgram = true;
        foreach (Runner runner in s_runners)
        {
            if (!Ascii.Equals(name, runner.Name))
                continue;
            words.HasProgram = false;
            words.Runner = runner;
            words.Operands = runner.Operands;
        }
    }

    // echo tester:secret | chpasswd: the words of echo are what the next program must not show.
    void NoteRows(ref WordState words, ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("echo"u8) || name.SequenceEqual("printf"u8))
        {
            int from = words.Last.End;
            words.MasksOperands |= words.TextEnd > from && ReadsSecret(_line[words.Last.Argument][from..words.TextEnd]);
        }

        ulong found = RowsOf(name);
        if (found != 0)
            words.Rows = found;
        words.MasksLast |= (found & s_lastWordRows) != 0;
    }

    static bool IsAssignment(ReadOnlySpan<byte> word)
    {
        int sign = word.IndexOf((byte)'=');
        if (sign <= 0)
            return false;
        foreach (byte value in word[..sign])
        {
            if (!SecretName.IsNameByte(value))
                return false;
        }

        return true;
    }

    static bool IsAny(string[] names, ReadOnlySpan<byte> name)
    {
        foreach (string known in names)
        {
            if (Ascii.Equals(name, known))
                return true;
        }

        return false;
    }

    // bash -c -x -o pipefail -- 'text': the text is the first word that is none of the shell's options.
    static bool IsBeforeShellText(in WordState words, ReadOnlySpan<byte> previous, ReadOnlySpan<byte> word)
    {
        if (word.Length >= 2 && word[0] == '-' && word[1] != '-' && word[^1] == 'c')
            return true;
        if (!words.IsAfterShellOption || !words.IsShell)
            return false;
        bool isOptionValue = previous.Length >= 2 && previous[0] is (byte)'-' or (byte)'+' && previous[^1] is (byte)'o' or (byte)'O';
        return isOptionValue || (!word.IsEmpty && word[0] is (byte)'-' or (byte)'+');
    }

    /// <summary>A program that runs another.</summary>
    sealed record Runner(string Name, string ValueLetters, string ValueNames = "", int Operands = 0)
    {
        /// <summary>Whether an option's value is the next word: <c>-u</c>, <c>-nu</c>, <c>--user</c>, <c>--us</c>; not <c>-ubob</c>, <c>--user=bob</c>.</summary>
        public bool TakesNext(ReadOnlySpan<byte> option)
        {
            if (option.StartsWith("--"u8))
                return option.Length > 2 && IsNameBegun(option);
            for (int index = 1; index < option.Length; index++)
            {
                if (ValueLetters.Contains((char)option[index]))
                    return index == option.Length - 1;
            }

            return false;
        }

        bool IsNameBegun(ReadOnlySpan<byte> option)
        {
            foreach (Range range in ValueNames.AsSpan().Split(' '))
            {
                ReadOnlySpan<char> name = ValueNames.AsSpan()[range];
                if (name.Length >= option.Length && Ascii.Equals(option, name[..option.Length]))
                    return true;
            }

            return false;
        }
    }
}
