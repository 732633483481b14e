using System.Text;
using Akashi.Host;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Aureport;

/// <summary>One run of aureport in this process.</summary>
sealed class AureportRun
{
    AureportRun(int exitCode, byte[] output, byte[] error)
    {
        ExitCode = exitCode;
        Output = Encoding.UTF8.GetString(output);
        Error = Encoding.UTF8.GetString(error);
    }

    public int ExitCode { get; }

    public string Output { get; }

    public string Error { get; }

    /// <summary>The lines under the headings.</summary>
    public IEnumerable<string> Rows => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).SkipWhile(line => line[0] != '=').Skip(3);

    /// <summary>Over a log through a pipe.</summary>
    public static AureportRun Of(string log, params string[] arguments) =>
        Of(new MemoryStream(Encoding.UTF8.GetBytes(log)), FileKind.Fifo, arguments);

    /// <summary>Over what the arguments name.</summary>
    public static AureportRun OfFiles(params string[] arguments) => Of(Stream.Null, FileKind.Other, arguments);

    static AureportRun Of(Stream input, FileKind kind, string[] arguments)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        int exitCode = AkashiCommand.Run(new Invocation
        {
            Name = "aureport",
            Arguments = arguments,
            Input = input,
            InputKind = kind,
            Output = output,
            Error = error,
            Host = new TestHost("root:x:0:0::/:\nbob:x:1000:1000::/:\n"),
            Signals = new NoSignals(),
        });
        return new AureportRun(exitCode, output.ToArray(), error.ToArray());
    }
}
