using System.Text;
using Akashi.Host;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Live;

/// <summary><c>akashi …</c> in this process.</summary>
sealed class CommandRun
{
    /// <summary>The exit code.</summary>
    public int ExitCode { get; private init; }

    /// <summary>What it printed.</summary>
    public string Output { get; private init; } = "";

    /// <summary>What it said on standard error.</summary>
    public string Error { get; private init; } = "";

    /// <summary>The lines it printed.</summary>
    public string[] Lines => Output.TrimEnd('\n').Split('\n');

    /// <summary>Runs it on a machine, to its own end.</summary>
    public static CommandRun Of(IHost host, params string[] arguments) => Of(host, new NoSignals(), arguments);

    /// <summary>Runs it on a machine with an interrupt at once.</summary>
    public static CommandRun Interrupted(IHost host, params string[] arguments) => Of(host, new EndingSignals(), arguments);

    /// <summary>Runs it on a machine, to its own end, as if a terminal showed it.</summary>
    public static CommandRun OnTerminal(IHost host, params string[] arguments) => Of(host, new NoSignals(), arguments, isTerminal: true);

    static CommandRun Of(IHost host, ISignals signals, string[] arguments, bool isTerminal = false)
    {
        var output = new MemoryStream();
        var error = new MemoryStream();
        int exitCode = AkashiCommand.Run(new Invocation
        {
            Name = "akashi",
            Arguments = arguments,
            Input = Stream.Null,
            InputKind = FileKind.Other,
            Output = output,
            OutputIsTerminal = isTerminal,
            Error = error,
            Host = host,
            Signals = signals,
        });
        return new CommandRun
        {
            ExitCode = exitCode,
            Output = Encoding.UTF8.GetString(output.ToArray()),
            Error = Encoding.UTF8.GetString(error.ToArray()),
        };
    }
}
