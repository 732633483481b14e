using System.Text;
using Akashi.Cli.Auditctl;
using Akashi.Host;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Auditctl;

/// <summary>auditctl in this process, over a scripted machine.</summary>
sealed class AuditctlRun
{
    /// <summary>The machine; it keeps its rules from one run to the next.</summary>
    public ScriptedHost Host { get; } = new();

    /// <summary>What the last run printed.</summary>
    public string Output { get; private set; } = "";

    /// <summary>What the last run said on standard error.</summary>
    public string Error { get; private set; } = "";

    /// <summary>Runs auditctl.</summary>
    public int Run(params string[] arguments)
    {
        var output = new MemoryStream();
        var error = new MemoryStream();
        int exitCode = AuditctlTool.Run(new Invocation
        {
            Name = "auditctl",
            Arguments = arguments,
            Input = Stream.Null,
            InputKind = FileKind.Other,
            Output = output,
            Error = error,
            Host = Host,
            Signals = new NoSignals(),
        });
        Output = Encoding.UTF8.GetString(output.ToArray());
        Error = Encoding.UTF8.GetString(error.ToArray());
        return exitCode;
    }
}
