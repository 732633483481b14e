using System.Text;
using Akashi.Cli.Tests.Live;
using Akashi.Host;
using Akashi.Output;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Searching;

/// <summary><c>akashi search</c> in this process, with what a shell would decide.</summary>
sealed class SearchRun
{
    const string Accounts = "root:x:0:0::/:/bin/sh\ntester:x:1001:1001::/:/bin/sh\n";

    public int ExitCode { get; private init; }

    public byte[] Bytes { get; private init; } = [];

    public string Output => Encoding.UTF8.GetString(Bytes);

    public string Error { get; private init; } = "";

    public string[] Lines => Output.TrimEnd('\n').Split('\n');

    public static SearchRun Of(params string[] arguments) => Of(new Stage(), arguments);

    public static SearchRun Of(Stage stage, params string[] arguments)
    {
        var output = new MemoryStream();
        var error = new MemoryStream();
        int code = AkashiCommand.Run(new Invocation
        {
            Name = "akashi",
            Arguments = ["search", .. arguments],
            Input = stage.Input ?? Stream.Null,
            InputKind = stage.Input is null ? FileKind.Other : FileKind.Fifo,
            Output = stage.Output ?? (stage.IsTerminal ? new SafeStream(output, passesAscii: true) : output),
            OutputIsTerminal = stage.IsTerminal,
            Error = new SafeStream(error, passesAscii: false),
            ErrorTerminal = stage.HasErrorTerminal ? Stream.Null : null,
            Host = stage.Host ?? new TestHost(Accounts),
            Signals = stage.IsInterrupted ? new EndingSignals() : new NoSignals(),
        });
        return new SearchRun { ExitCode = code, Bytes = output.ToArray(), Error = Encoding.UTF8.GetString(error.ToArray()) };
    }

    /// <summary>What surrounds a run.</summary>
    public sealed record Stage
    {
        /// <summary>A pipe on standard input; null for none.</summary>
        public Stream? Input { get; init; }

        /// <summary>Standard output in place of memory.</summary>
        public Stream? Output { get; init; }

        /// <summary>The machine; null for one of literals.</summary>
        public IHost? Host { get; init; }

        public bool IsTerminal { get; init; }

        public bool HasErrorTerminal { get; init; }

        public bool IsInterrupted { get; init; }
    }
}
