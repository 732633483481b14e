using Akashi.Cli;
using Akashi.Host;
using Akashi.Linux;
using Akashi.Linux.Terminals;

// argv[0] as it was called: a hard link's name, or what exec -a says.
string calledBy = Environment.GetCommandLineArgs()[0];
return AkashiCommand.Run(new Invocation
{
    Name = Path.GetFileName(calledBy),
    Arguments = args,
    Input = Console.OpenStandardInput(),
    InputKind = StandardStreams.KindOf(0),
    Output = Console.OpenStandardOutput(),
    OutputIsTerminal = StandardStreams.IsTerminal(1),
    Error = Console.OpenStandardError(),
    Host = new LinuxHost(),
    Signals = new ProcessSignals(),
});
