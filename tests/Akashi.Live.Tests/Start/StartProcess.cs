using System.Diagnostics;
using Akashi.Testing;

namespace Akashi.Live.Tests.Start;

/// <summary><c>akashi start</c> as a process, with rules that catch only sessions of a user that nobody else is.</summary>
sealed class StartProcess : IDisposable
{
    /// <summary>The login user whose sessions are recorded.</summary>
    public const uint OwnUser = 61018;

    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    readonly Process _process;
    readonly List<string> _lines = [];

    StartProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Add(line.Data);
        process.ErrorDataReceived += (_, line) => Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Its number.</summary>
    public int Pid => _process.Id;

    /// <summary>What it printed so far.</summary>
    public string Output
    {
        get
        {
            lock (_lines)
                return string.Join('\n', _lines);
        }
    }

    /// <summary>Starts it, and waits until it records, or follows.</summary>
    /// <param name="folder">Trail, lock and rules go there.</param>
    /// <param name="ready">What it prints by then.</param>
    /// <param name="arguments">More arguments.</param>
    public static StartProcess Begin(TemporaryFolder folder, string ready, params string[] arguments)
    {
        File.WriteAllText(folder["own.rules"], $"-a always,exit -F arch=b64 -S execve,openat -F auid={OwnUser} -k akashi-start\n");
        string program = Path.Combine(AppContext.BaseDirectory, "Akashi.Cli");
        string[] all = ["start", "--trail", folder.Path, "--lock", folder["lock"], "--rules", folder["own.rules"], .. arguments];
        var start = new ProcessStartInfo(program, all) { RedirectStandardOutput = true, RedirectStandardError = true };
        var begun = new StartProcess(Process.Start(start)!);
        begun.WaitFor(ready);
        return begun;
    }

    /// <summary>Runs a shell command in a login session of the user.</summary>
    public static void RunInSession(string command)
    {
        using Process session = Process.Start("/bin/sh", ["-c", $"echo {OwnUser} > /proc/self/loginuid && {command}"]);
        Assert.True(session.WaitForExit(s_limit));
    }

    /// <summary>Waits until something was printed.</summary>
    public void WaitFor(string text) =>
        Assert.True(SpinWait.SpinUntil(() => Output.Contains(text, StringComparison.Ordinal) || _process.HasExited, s_limit)
            && Output.Contains(text, StringComparison.Ordinal), $"'{text}' is not in:\n{Output}");

    /// <summary>Sends a signal by its name.</summary>
    public void Signal(string name) => Process.Start("/bin/kill", ["-" + name, $"{Pid}"]).WaitForExit();

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code.</returns>
    public int WaitForExit()
    {
        Assert.True(_process.WaitForExit(s_limit), Output);
        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    void Add(string? line)
    {
        if (line is null)
            return;
        lock (_lines)
            _lines.Add(line);
    }
}
