using System.Text;
using Akashi.Host;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Ausearch;

/// <summary>One run of ausearch in this process, over a log through a pipe.</summary>
sealed class AusearchRun
{
    AusearchRun(int exitCode, byte[] output, byte[] error)
    {
        ExitCode = exitCode;
        OutputBytes = output;
        Error = Encoding.UTF8.GetString(error);
    }

    public int ExitCode { get; }

    public byte[] OutputBytes { get; }

    public string Output => Encoding.UTF8.GetString(OutputBytes);

    public string Error { get; }

    public static AusearchRun Of(string log, params string[] arguments) => Of(Encoding.UTF8.GetBytes(log), arguments);

    public static AusearchRun Of(byte[] log, params string[] arguments) =>
        Of(new MemoryStream(log), FileKind.Fifo, arguments);

    public static AusearchRun Of(Stream input, FileKind kind, params string[] arguments)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        int exitCode = AkashiCommand.Run(new Invocation
        {
            Name = "ausearch",
            Arguments = arguments,
            Input = input,
            InputKind = kind,
            Output = output,
            Error = error,
            Host = new TestHost("root:x:0:0::/:\nbob:x:1000:1000::/:\n", "root:x:0:\nstaff:x:50:\n"),
            Signals = new NoSignals(),
        });
        return new AusearchRun(exitCode, output.ToArray(), error.ToArray());
    }
}
