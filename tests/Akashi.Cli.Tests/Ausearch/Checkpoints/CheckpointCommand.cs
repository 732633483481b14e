using System.Diagnostics;
using System.Text;
using Akashi.Host;
using Akashi.Linux;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Ausearch.Checkpoints;

/// <summary>What one run of ausearch gave.</summary>
sealed record CheckpointCommand(int ExitCode, string Output, string Error)
{
    /// <summary>Debian's ausearch 3.0.9, where it was fetched.</summary>
    public static string Original { get; } = RepositoryFiles.PathOf("artifacts", "yardsticks", "run", "ausearch");

    /// <summary>Our ausearch, in this process.</summary>
    public static CheckpointCommand Run(params string[] arguments) => RunTool("ausearch", arguments);

    /// <summary>One of ours, in this process, on this machine or another.</summary>
    public static CheckpointCommand RunTool(string name, string[] arguments, IHost? host = null)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        int code = AkashiCommand.Run(new Invocation
        {
            Name = name,
            Arguments = arguments,
            Input = Stream.Null,
            InputKind = FileKind.Other,
            Output = output,
            Error = error,
            Host = host ?? new LinuxHost(),
            Signals = new NoSignals(),
        });
        return new CheckpointCommand(code, Encoding.Latin1.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
    }

    /// <summary>Debian's.</summary>
    public static CheckpointCommand RunOriginal(params string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" </dev/null", Original, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.Latin1,
        };
        start.Environment["LC_ALL"] = "C";
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new CheckpointCommand(process.ExitCode, output, error.Result);
    }

    /// <summary>The lines on standard error that speak of checkpoints.</summary>
    public string Complaints => string.Join('\n', Error.Split('\n').Where(line => line.Contains("checkpoint", StringComparison.Ordinal)));
}
