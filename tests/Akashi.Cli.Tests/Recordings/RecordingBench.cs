using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Recordings;

/// <summary>Runs shell lines over script and its kin, once with util-linux's and once with ours, each in an empty folder.</summary>
/// <remarks>What differs from run to run is masked: times, names of terminals, and how bytes fell into pieces.</remarks>
sealed partial class RecordingBench : IDisposable
{
    /// <summary>Runs a line on a terminal of 80 columns and 24 rows; what READY is answered with is the first argument.</summary>
    const string TerminalProgram = """
        import fcntl, os, pty, struct, sys, termios
        pid, fd = pty.fork()
        if pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
            os.execv("/bin/sh", ["sh", "-c", sys.argv[2]])
        seen, answered = b"", False
        while True:
            try:
                piece = os.read(fd, 65536)
            except OSError:
                break
            if not piece:
                break
            seen += piece
            if b"READY" in seen and not answered:
                answered = True
                os.write(fd, sys.argv[1].encode("latin-1"))
        os.write(1, seen)
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
        """;

    /// <summary>Runs a line on a terminal and answers: pairs of what is waited for and what is typed then; HANGUP closes the terminal instead.</summary>
    /// <remarks>Each is looked for behind the one before. Half a minute without what is waited for ends it with 99.</remarks>
    const string ConversationProgram = """
        import fcntl, os, pty, select, signal, struct, sys, termios, time
        pid, fd = pty.fork()
        if pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
            os.execv("/bin/sh", ["sh", "-c", sys.argv[1]])
        steps = [word.encode("latin-1") for word in sys.argv[2:]]
        seen, searched, closed, limit = b"", 0, False, time.monotonic() + 30
        while not closed:
            while len(steps) >= 2 and (at := seen.find(steps[0], searched)) >= 0:
                searched = at + len(steps[0])
                typed, steps = steps[1], steps[2:]
                if typed == b"HANGUP":
                    os.close(fd)
                    closed = True
                    break
                os.write(fd, typed)
            if closed or not select.select([fd], [], [], max(0, limit - time.monotonic()))[0]:
                break
            try:
                piece = os.read(fd, 65536)
            except OSError:
                break
            if not piece:
                break
            seen += piece
        os.write(1, seen)
        if len(steps) >= 2 and not closed:
            os.kill(pid, signal.SIGKILL)
            os.write(2, b"never seen: " + steps[0] + b"\n")
            sys.exit(99)
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
        """;

    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);
    static readonly string[] s_tools = ["script", "scriptreplay", "scriptlive"];

    readonly TemporaryFolder _programs = new();

    public RecordingBench()
    {
        foreach (string tool in s_tools)
        {
            Assert.SkipUnless(File.Exists($"/usr/bin/{tool}"), $"util-linux's {tool} isn't installed");
            string path = _programs[tool];
            File.WriteAllText(path, $"#!/bin/sh\nexec '{Path.Combine(AppContext.BaseDirectory, "Akashi.Cli")}' {tool} \"$@\"\n");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        string akashi = _programs["akashi"];
        File.WriteAllText(akashi, $"#!/bin/sh\nexec '{Path.Combine(AppContext.BaseDirectory, "Akashi.Cli")}' \"$@\"\n");
        File.SetUnixFileMode(akashi, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        string version = Start("/tmp", isOurs: false, ["/usr/bin/script", "--version"]).Output;
        Assert.SkipUnless(version.Contains("2.38.1", StringComparison.Ordinal), $"compared with util-linux 2.38.1, not with {version}");
    }

    /// <summary>Runs a line without a terminal, standard input at its end.</summary>
    public string Run(string line, bool isOurs) => Describe(isOurs, ["/bin/sh", "-c", line]);

    /// <summary>Runs a line on a terminal.</summary>
    /// <param name="line">For the shell.</param>
    /// <param name="typed">What READY on the screen is answered with.</param>
    /// <param name="isOurs">Whose tools.</param>
    public string RunOnTerminal(string line, string typed, bool isOurs)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "python3 isn't installed: it makes the terminal");
        return Describe(isOurs, ["/usr/bin/python3", "-c", TerminalProgram, typed, line]);
    }

    /// <summary>Runs a line on a terminal, and types.</summary>
    /// <param name="line">For the shell.</param>
    /// <param name="isOurs">Whose tools.</param>
    /// <param name="steps">In turn what is waited for on the screen and what is typed then; HANGUP closes the terminal.</param>
    public string Converse(string line, bool isOurs, params string[] steps)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "python3 isn't installed: it makes the terminal");
        return Describe(isOurs, ["/usr/bin/python3", "-c", ConversationProgram, line, .. steps]);
    }

    public void Dispose() => _programs.Dispose();

    string Describe(bool isOurs, string[] command)
    {
        using var folder = new TemporaryFolder();
        (int exitCode, string output, string error) = Start(folder.Path, isOurs, command);
        var text = new StringBuilder($"exit {exitCode}\n--- output\n{Mask(output)}\n--- error\n{Mask(error)}\n");
        foreach (string path in Directory.GetFiles(folder.Path).Where(path => File.ResolveLinkTarget(path, false) is null).Order(StringComparer.Ordinal))
            text.Append($"--- {Path.GetFileName(path)}\n{Mask(File.ReadAllText(path, Encoding.Latin1))}\n");
        return text.ToString();
    }

    (int ExitCode, string Output, string Error) Start(string folder, bool isOurs, string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.Latin1,
            StandardErrorEncoding = Encoding.Latin1,
            WorkingDirectory = folder,
        };
        start.Environment["PATH"] = (isOurs ? _programs.Path + ":" : "") + "/usr/bin:/bin";
        start.Environment["OURS"] = _programs.Path;
        start.Environment["SHELL"] = "/bin/sh";
        start.Environment["TERM"] = "xterm";
        start.Environment["LC_ALL"] = "C";
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(s_limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail("it does not end: " + command[^1]);
        }

        return (process.ExitCode, output.Result, error.Result);
    }

    static string Mask(string text)
    {
        text = Time().Replace(text, "TIME");
        text = Terminal().Replace(text, "TERMINAL");
        text = StaleReason().Replace(text, "");
        var lines = new List<string>();
        string kind = "";
        long size = 0;
        foreach (string line in Delay().Replace(text, "DELAY").Split('\n'))
        {
            Match entry = Entry().Match(line);
            bool isMore = entry.Success && lines.Count > 0 && kind == entry.Groups[1].Value;
            size = (isMore ? size : 0) + (entry.Success ? long.Parse(entry.Groups[2].Value) : 0);
            kind = entry.Success ? entry.Groups[1].Value : "";
            if (isMore)
                lines[^1] = kind + size;
            else
                lines.Add(line);
        }

        return string.Join('\n', lines);
    }

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d\d:\d\d")]
    private static partial Regex Time();

    // docs/differences.md: the original's is left over from another call.
    [GeneratedRegex("(?<=timing file error): .*")]
    private static partial Regex StaleReason();

    [GeneratedRegex(@"/dev/pts/\d+")]
    private static partial Regex Terminal();

    [GeneratedRegex(@"\b\d+\.\d{6}\b")]
    private static partial Regex Delay();

    [GeneratedRegex(@"^((?:[IO] )?DELAY )(\d+)\r?$")]
    private static partial Regex Entry();
}
