using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Akashi.Recordings;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Recordings;

/// <summary>Runs <c>akashi record</c> on a terminal of 80 columns and 24 rows, types into it, and reads what it recorded.</summary>
sealed class RecordedSession : IDisposable
{
    /// <summary>Each step waits for a text that the screen shows, or until the session's terminal doesn't echo ("~"), then sends keys, sets a size ("=ROWSxCOLUMNS") or goes away ("!").</summary>
    const string TerminalProgram = """
        import fcntl, json, os, pty, select, struct, sys, termios, time
        def size(fd, rows, columns):
            fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        pid, fd = pty.fork()
        if pid == 0:
            size(0, 24, 80)
            os.execvp(sys.argv[2], sys.argv[2:])
        seen, at, limit = b"", 0, time.monotonic() + 60
        def read():
            global seen
            if not select.select([fd], [], [], 0.2)[0]:
                return time.monotonic() < limit
            try:
                piece = os.read(fd, 65536)
            except OSError:
                return False
            seen += piece
            return bool(piece)
        outer = "/dev/pts/%d" % struct.unpack("i", fcntl.ioctl(fd, 0x80045430, b"\0" * 4))
        def hides():
            for process in filter(str.isdigit, os.listdir("/proc")):
                try:
                    name = os.readlink("/proc/%s/fd/0" % process)
                    if name == outer or not name.startswith("/dev/pts/") or not below(int(process)):
                        continue
                    inner = os.open(name, os.O_RDWR | os.O_NOCTTY)
                    flags = termios.tcgetattr(inner)[3]
                    os.close(inner)
                    if not flags & termios.ECHO:
                        return True
                except OSError:
                    pass
            return False
        def below(process):
            while process > 1 and process != pid:
                with open("/proc/%d/stat" % process) as stat:
                    process = int(stat.read().rpartition(")")[2].split()[1])
            return process == pid
        for wanted, sent in json.loads(sys.argv[1]):
            if wanted == "~":
                while not hides() and time.monotonic() < limit:
                    time.sleep(0.005)
                wanted = ""
            wanted = wanted.encode()
            while seen.find(wanted, at) < 0:
                if not read():
                    os.write(2, b"never seen: %r in %r\n" % (wanted, seen))
                    os.kill(pid, 9)
                    sys.exit(99)
            at = seen.find(wanted, at) + len(wanted)
            if sent == "!":
                os.close(fd)
                break
            elif sent.startswith("="):
                size(fd, *(int(number) for number in sent[1:].split("x")))
            elif sent:
                os.write(fd, sent.encode("latin-1"))
        else:
            while read():
                pass
            os.write(1, seen)
            if time.monotonic() >= limit:
                os.write(2, b"never seen: the end, after %r\n" % seen)
                os.kill(pid, 9)
        status = os.waitpid(pid, 0)[1]
        sys.exit(os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))
        """;

    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(90);

    readonly TemporaryFolder _folder = new();

    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "Akashi.Cli");

    /// <summary>The folder it runs in.</summary>
    public string Folder => _folder.Path;

    /// <summary>What the outer terminal showed.</summary>
    public string Screen { get; private set; } = "";

    /// <summary>What was said on standard error, where that is no terminal.</summary>
    public string Error { get; private set; } = "";

    /// <summary>The file that is recorded into.</summary>
    public string FilePath => _folder["session.cast"];

    /// <summary>Its lines as text.</summary>
    public string FileText => File.ReadAllText(FilePath);

    /// <summary>Runs it on a terminal.</summary>
    /// <param name="steps">What is waited for, and what is then typed.</param>
    /// <param name="words">The command line.</param>
    /// <returns>The exit code; 99 where a text was never seen.</returns>
    public int RunOnTerminal((string Wanted, string Sent)[] steps, params string[] words)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "python3 isn't installed: it makes the terminal");
        string[][] pairs = [.. steps.Select(step => new[] { step.Wanted, step.Sent })];
        return Start(["/usr/bin/python3", "-c", TerminalProgram, JsonSerializer.Serialize(pairs), .. words]);
    }

    /// <summary>Runs a line of the shell without a terminal; <c>$AKASHI</c> is the program.</summary>
    public int Run(string line) => Start(["/bin/sh", "-c", line]);

    /// <summary>The events of the recording but for output, checks and the end, as CODE:DATA.</summary>
    public string[] ReadEvents()
    {
        var events = new List<string>();
        Read(next =>
        {
            if (next.Kind is not (RecordingEventKind.Output or RecordingEventKind.Check or RecordingEventKind.End))
                events.Add($"{(char)next.Kind}:{Encoding.UTF8.GetString(next.Bytes)}");
        });
        return [.. events];
    }

    /// <summary>All that was shown, byte for byte.</summary>
    public byte[] ReadShown()
    {
        var shown = new List<byte>();
        Read(next =>
        {
            if (next.Kind == RecordingEventKind.Output)
                shown.AddRange(next.Bytes);
        });
        return [.. shown];
    }

    /// <summary>What verifying says.</summary>
    public RecordingVerifier Verify()
    {
        using FileStream file = File.OpenRead(FilePath);
        return RecordingVerifier.Verify(file);
    }

    public void Dispose() => _folder.Dispose();

    void Read(Action<RecordingEvent> take)
    {
        using FileStream file = File.OpenRead(FilePath);
        Assert.True(AsciicastReader.TryOpen(file, out AsciicastReader? reader));
        while (reader!.TryRead(out RecordingEvent next))
            take(next);
    }

    int Start(string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.Latin1,
            WorkingDirectory = Folder,
        };
        start.Environment["SHELL"] = "/bin/sh";
        start.Environment["TERM"] = "xterm";
        start.Environment["LC_ALL"] = "C";
        start.Environment["PS1"] = "$ ";
        start.Environment["AKASHI"] = Program;
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(s_limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail("it does not end: " + command[^1]);
        }

        (Screen, Error) = (output.Result, error.Result);
        return process.ExitCode;
    }
}
