using Akashi.Cli;
using Akashi.Host;
using Akashi.Linux;
using Akashi.Linux.Terminals;
using Akashi.Output;

// argv[0] as it was called: a hard link's name, or what exec -a says.
string calledBy = Environment.GetCommandLineArgs()[0];
bool outputIsTerminal = StandardStreams.IsTerminal(1);
return AkashiCommand.Run(new Invocation
{
    Name = Path.GetFileName(calledBy),
    Arguments = args,
    Input = new DescriptorStream(0),
    InputKind = StandardStreams.KindOf(0),
    Output = outputIsTerminal ? new SafeStream(new DescriptorStream(1), passesAscii: true) : new DescriptorStream(1),
    OutputIsTerminal = outputIsTerminal,
    Error = new SafeStream(new DescriptorStream(2), passesAscii: false),
    ErrorTerminal = StandardStreams.IsTerminal(2) ? new SafeStream(new DescriptorStream(2), passesAscii: true) : null,
    Host = new LinuxHost(),
    Signals = new ProcessSignals(),
});
