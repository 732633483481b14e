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
    Input = new DescriptorStream(0),
    InputKind = StandardStreams.KindOf(0),
    Output = new DescriptorStream(1),
    OutputIsTerminal = StandardStreams.IsTerminal(1),
    Error = new DescriptorStream(2),
    Host = new LinuxHost(),
    Signals = new ProcessSignals(),
});
