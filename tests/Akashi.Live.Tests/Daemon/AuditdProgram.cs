using System.Diagnostics;
using System.Globalization;
using Akashi.Host;
using Akashi.Linux.Processes;
using Akashi.Testing;

namespace Akashi.Live.Tests.Daemon;

/// <summary>auditd as a program, with a /run of its own: a private mount namespace in which the test's directory stands there.</summary>
sealed class AuditdProgram : IDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    // The runtime that tests run on keeps the standard error it was started with open under another number: hence a file, whose end nobody waits for.
    const string Script =
        "mount --bind \"$0/run\" /run && { [ ! -e \"$0/nsswitch.conf\" ] || mount --bind \"$0/nsswitch.conf\" /etc/nsswitch.conf; } && exec \"$@\" 2>\"$0/error\"";

    readonly TemporaryFolder _folder = new();
    readonly List<int> _daemons = [];

    readonly string[] _program;

    /// <summary>Makes its directory and a configuration.</summary>
    /// <param name="isPublished">Whether it's the published binary (after <c>./build</c>) instead of the one the tests built.</param>
    public AuditdProgram(bool isPublished = false)
    {
        _program = isPublished ? [RepositoryFiles.PathOf("artifacts", "bin", "auditd")] : [Program, "auditd"];
        Directory.CreateDirectory(_folder["run"]);
        Directory.CreateDirectory(LogDirectory);
        Configure();
    }

    public string LogDirectory => _folder["log"];

    public string LogPath => Path.Combine(LogDirectory, "audit.log");

    public string PidFile => _folder["run/audit/auditd.pid"];

    public string StateFile => _folder["run/audit/auditd.state"];

    public string this[string name] => _folder[name];

    /// <summary>What its environment has beside ours.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>The program of all tools.</summary>
    public static string Program => Path.Combine(AppContext.BaseDirectory, "Akashi.Cli");

    /// <summary>Writes auditd.conf: these lines behind those that say where the log is.</summary>
    public void Configure(params string[] lines)
    {
        string path = _folder["auditd.conf"];
        File.WriteAllLines(path + ".new", [$"log_file = {LogPath}", "num_logs = 3", .. lines]);
        File.SetUnixFileMode(path + ".new", UnixFileMode.UserRead | UnixFileMode.UserWrite);

        // A daemon that reads it in this moment must not see half of it: without log_file it would write to the machine's own log.
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>Runs it to its end; in the background mode that is the end of the starter.</summary>
    public (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        using Process process = Begin(arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Assert.True(process.WaitForExit(Limit), "it does not end");
        if (File.Exists(PidFile))
            _daemons.Add(DaemonPid);
        return (process.ExitCode, output.Result, Error);
    }

    /// <summary>Starts it in the foreground and waits until it's ready.</summary>
    public Process Start(params string[] arguments)
    {
        Process process = Begin(arguments);
        _daemons.Add(process.Id);
        WaitFor(() => process.HasExited || (File.Exists(PidFile) && File.Exists($"/proc/{DaemonPid}/status")), "it is not ready");
        Assert.False(process.HasExited, process.HasExited ? Error : "");
        return process;
    }

    public int DaemonPid => int.Parse(File.ReadAllText(PidFile), CultureInfo.InvariantCulture);

    /// <summary>What it said on standard error.</summary>
    public string Error => File.ReadAllText(_folder["error"]);

    public string[] LogLines => File.Exists(LogPath) ? File.ReadAllLines(LogPath) : [];

    /// <summary>Sends the daemon a signal.</summary>
    public void Signal(Signal signal)
    {
        using ProcessHandle daemon = ProcessHandle.Open(DaemonPid)!;
        Assert.Null(daemon.TrySend(signal));
    }

    /// <summary>Sends TERM and waits for the end.</summary>
    public void End()
    {
        using ProcessHandle daemon = ProcessHandle.Open(DaemonPid)!;
        Assert.Null(daemon.TrySend(Host.Signal.Terminate));
        Assert.True(daemon.WaitForEnd(Limit), "it does not end");
    }

    /// <summary>Waits for a line of the log with all these texts.</summary>
    public string WaitForLine(params string[] texts)
    {
        string? found = null;
        WaitFor(() => (found = LogLines.FirstOrDefault(line => texts.All(line.Contains))) is not null,
            $"no line with {string.Join(" and ", texts)} in the log");
        return found!;
    }

    /// <summary>Has it write its state, and reads one line of it.</summary>
    public string State(string label)
    {
        File.Delete(StateFile);
        Signal(Host.Signal.Continue);
        WaitFor(() => File.Exists(StateFile), "no state file");
        return File.ReadLines(StateFile).Single(line => line.StartsWith(label + " = ", StringComparison.Ordinal)).Split(" = ")[1];
    }

    /// <summary>Adds an active plugin: a shell script, or any program.</summary>
    public void AddPlugin(string name, string path, string arguments = "", string format = "string", string directory = "plugins.d")
    {
        Directory.CreateDirectory(this[directory]);
        string file = Path.Combine(this[directory], name + ".conf");
        File.WriteAllText(file, $"active = yes\npath = {path}\ntype = always\nformat = {format}\n" + (arguments.Length > 0 ? $"args = {arguments}\n" : ""));
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>Writes a shell script that a plugin's path may name.</summary>
    public string WriteScript(string name, string text)
    {
        File.WriteAllText(this[name], $"#!/bin/sh\nPATH=/usr/bin:/bin\n{text}\n");
        File.SetUnixFileMode(this[name], (UnixFileMode)0x1E8);
        return this[name];
    }

    public static void WaitFor(Func<bool> condition, string otherwise) => WaitFor(condition, () => otherwise);

    public static void WaitFor(Func<bool> condition, Func<string> otherwise)
    {
        bool isMet = SpinWait.SpinUntil(condition, Limit);
        Assert.True(isMet, isMet ? "" : otherwise());
    }

    public void Dispose()
    {
        foreach (int pid in _daemons)
        {
            using ProcessHandle? daemon = ProcessHandle.Open(pid);
            if (daemon is not null && daemon.TrySend(Host.Signal.Terminate) is null)
                daemon.WaitForEnd(Limit);
        }

        _folder.Dispose();
    }

    Process Begin(string[] arguments)
    {
        var start = new ProcessStartInfo(
            "unshare",
            ["--mount", "--propagation", "private", "sh", "-c", Script, _folder.Path, .. _program, "-c", _folder.Path, .. arguments])
        {
            RedirectStandardOutput = true,
        };
        foreach ((string name, string value) in Variables)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
