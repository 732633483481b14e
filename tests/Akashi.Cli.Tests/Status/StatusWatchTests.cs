using System.Text;
using System.Text.Json;
using Akashi.Cli.Status;
using Akashi.Control;
using Akashi.Daemon.Status;
using Akashi.Host;
using Akashi.Linux;
using Akashi.Output;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Status;

/// <summary><c>akashi status --watch</c>: a service that counts how often it was asked, and Ctrl-C at its third answer.</summary>
public sealed class StatusWatchTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly ScriptedHost _host = new();
    readonly ScriptedSignals _signals = new();
    readonly MemoryStream _output = new();
    int _asked;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_terminal_shows_each_look_in_place_and_is_left_as_it_was()
    {
        Assert.Equal(0, Watch(isTerminal: true, isJson: false));

        string text = Encoding.UTF8.GetString(_output.ToArray());
        Assert.StartsWith("\e[?25l\e[?7l\e[2J\e[H", text);
        Assert.EndsWith("\e[J\e[?7h\e[?25h", text);
        Assert.Equal(4, text.Split("\e[H").Length);
        Assert.Contains("events    now 1.0/s", text);
        Assert.Contains("events    now 3.0/s", text);
        Assert.All(text.Split('\n')[..^1], line => Assert.EndsWith("\e[K", line));
    }

    [Fact]
    public void Elsewhere_each_look_is_a_plain_line()
    {
        Assert.Equal(0, Watch(isTerminal: false, isJson: false));

        string[] lines = Encoding.UTF8.GetString(_output.ToArray()).Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.Equal(
            "1970-01-01 00:00:00 not recording; 2.0 events/s, 2 since the start; 5 records refused by the disk; backlog 0 of 64, 0 lost by the kernel's own count", lines[1]);
    }

    [Fact]
    public void As_json_each_look_is_an_object_on_a_line()
    {
        Assert.Equal(0, Watch(isTerminal: true, isJson: true));

        string[] lines = Encoding.UTF8.GetString(_output.ToArray()).Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.All(lines[..^1], line => Assert.Equal("not-recording", JsonDocument.Parse(line).RootElement.GetProperty("state").GetString()));
    }

    [Fact]
    public void A_reader_that_went_away_ends_it()
    {
        var invocation = Invocation(isTerminal: false) with { Output = new ClosedStream() };
        using ControlServer server = Serve(endsAt: int.MaxValue);
        var output = new Utf8Output(invocation.Output);

        Assert.Throws<OutputClosedException>(() => new StatusWatch(invocation, Look(), TimeSpan.FromMilliseconds(1)).Run(output, isJson: false, hasColors: false));
    }

    int Watch(bool isTerminal, bool isJson)
    {
        using ControlServer server = Serve(endsAt: 3);
        using var output = new Utf8Output(_output);
        return new StatusWatch(Invocation(isTerminal), Look(), TimeSpan.FromMilliseconds(1)).Run(output, isJson, hasColors: false);
    }

    StatusLook Look() => new(_host, _folder["control"], _folder.Path);

    ControlServer Serve(int endsAt) => new(_folder["control"], new LinuxHost().Process.Uid, 0, question =>
    {
        if (question == ControlQuestion.Status && ++_asked == endsAt)
            _signals.Raise(Signal.Interrupt);
        return question == ControlQuestion.Status
            ? ServiceStatusText.Write(new ServiceStatus
            {
                Program = "auditd", Events = _asked, Rates = new RecordingRates { EventsNow = _asked }, Losses = [new LossCount(LossSource.Disk, 5)],
            })
            : RuleListText.Write([]);
    });

    Invocation Invocation(bool isTerminal) => new()
    {
        Name = "akashi",
        Arguments = [],
        Input = Stream.Null,
        InputKind = FileKind.Other,
        Output = _output,
        OutputIsTerminal = isTerminal,
        Error = Stream.Null,
        Host = _host,
        Signals = _signals,
    };

    sealed class ScriptedSignals : ISignals
    {
        readonly Dictionary<Signal, Action> _actions = [];

        public IDisposable On(Signal signal, Action action)
        {
            _actions[signal] = action;
            return new NoSignals();
        }

        public void Ignore(Signal signal) => On(signal, () => { });

        public void Raise(Signal signal) => _actions[signal]();
    }

    sealed class ClosedStream : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("Broken pipe");

        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("Broken pipe");
    }
}
