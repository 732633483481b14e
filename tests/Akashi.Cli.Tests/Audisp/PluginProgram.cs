using System.Diagnostics;
using System.Text;
using Akashi.Host;
using Akashi.Linux.Processes;

namespace Akashi.Cli.Tests.Audisp;

/// <summary>A plugin as a process of its own, fed as the dispatcher would.</summary>
sealed class PluginProgram : IDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    readonly Process _process;
    readonly StringBuilder _error = new();
    readonly Task<byte[]> _output;

    public PluginProgram(string tool, params string[] arguments) : this([Program, tool, .. arguments])
    {
    }

    PluginProgram(string[] command)
    {
        _process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _process.ErrorDataReceived += (_, line) => AddError(line.Data);
        _process.BeginErrorReadLine();
        _output = ReadAll(_process.StandardOutput.BaseStream);
    }

    /// <summary>What it said on standard error so far.</summary>
    public string Said
    {
        get
        {
            lock (_error)
                return _error.ToString();
        }
    }

    public static string Program => Path.Combine(AppContext.BaseDirectory, "Akashi.Cli");

    public Stream Input => _process.StandardInput.BaseStream;

    public bool HasExited => _process.HasExited;

    /// <summary>Any program, in the way plugins are started here.</summary>
    public static PluginProgram Of(params string[] command) => new(command);

    public void Send(string text)
    {
        Input.Write(Encoding.UTF8.GetBytes(text));
        Input.Flush();
    }

    public void Signal(Signal signal)
    {
        using ProcessHandle handle = ProcessHandle.Open(_process.Id)!;
        Assert.Null(handle.TrySend(signal));
    }

    /// <summary>Closes its input and waits for its end.</summary>
    public (int ExitCode, string Output, string Error) End()
    {
        try
        {
            Input.Dispose();
        }
        catch (IOException)
        {
            // It has ended already.
        }

        return WaitForEnd();
    }

    public (int ExitCode, string Output, string Error) WaitForEnd()
    {
        Assert.True(_process.WaitForExit(Limit), "it does not end");

        // Without a limit it waits for the end of standard error too.
        _process.WaitForExit();
        return (_process.ExitCode, Encoding.UTF8.GetString(_output.Result), Said);
    }

    public static void WaitFor(Func<bool> condition, string otherwise) => Assert.True(SpinWait.SpinUntil(condition, Limit), otherwise);

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    void AddError(string? line)
    {
        if (line is null)
            return;
        lock (_error)
            _error.Append(line).Append('\n');
    }

    static async Task<byte[]> ReadAll(Stream stream)
    {
        var all = new MemoryStream();
        await stream.CopyToAsync(all);
        return all.ToArray();
    }
}
