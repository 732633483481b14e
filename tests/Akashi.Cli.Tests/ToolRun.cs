using System.Text;
using Akashi.Host;
using Akashi.Testing;

namespace Akashi.Cli.Tests;

/// <summary>A tool in this process, over a scripted machine.</summary>
/// <param name="name">What it is called by.</param>
/// <param name="run">The tool.</param>
sealed class ToolRun(string name, Func<Invocation, int> run)
{
    /// <summary>The machine; it keeps its rules from one run to the next.</summary>
    public ScriptedHost Host { get; } = new();

    /// <summary>What it reads from standard input; nothing by default.</summary>
    public byte[] Input { get; init; } = [];

    /// <summary>What the last run printed.</summary>
    public string Output { get; private set; } = "";

    /// <summary>What the last run said on standard error.</summary>
    public string Error { get; private set; } = "";

    /// <summary>Runs it.</summary>
    public int Run(params string[] arguments)
    {
        var output = new MemoryStream();
        var error = new MemoryStream();
        try
        {
            return run(new Invocation
            {
                Name = name,
                Arguments = arguments,
                Input = new MemoryStream(Input),
                InputKind = FileKind.Other,
                Output = output,
                Error = error,
                Host = Host,
                Signals = new NoSignals(),
            });
        }
        finally
        {
            Output = Encoding.UTF8.GetString(output.ToArray());
            Error = Encoding.UTF8.GetString(error.ToArray());
        }
    }
}
