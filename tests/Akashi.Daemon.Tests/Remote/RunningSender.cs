using System.IO.Pipes;
using System.Text;
using Akashi.Configuration;
using Akashi.Daemon.Plugins;
using Akashi.Daemon.Remote;
using Akashi.Linux;
using Akashi.Remote;

namespace Akashi.Daemon.Tests.Remote;

/// <summary>Our sender with a pipe to give it records by.</summary>
sealed class RunningSender : IDisposable
{
    readonly AnonymousPipeServerStream _pipe = new(PipeDirection.Out);
    readonly ListedActions _actions = new();
    readonly List<string> _said = [];
    readonly List<string> _states = [];
    readonly RemoteConfiguration _configuration;
    readonly PluginInput _input;
    readonly Thread _thread;

    public RunningSender(int port, TlsConfiguration? tls = null, Func<RemoteConfiguration, RemoteConfiguration>? change = null)
    {
        var configuration = new RemoteConfiguration
        {
            Server = "127.0.0.1", Port = port, Transport = tls is null ? RemoteTransport.Tcp : RemoteTransport.Tls, Tls = tls ?? new TlsConfiguration(),
            NetworkFailureAction = new RemoteAction(RemoteActionKind.WarnOnce), TriesMax = 1000, SecondsPerRecordMax = 3,
        };
        _input = new PluginInput(new AnonymousPipeClientStream(PipeDirection.In, _pipe.ClientSafePipeHandle));
        _configuration = change?.Invoke(configuration) ?? configuration;
        Sender = new RemoteSender(TimeProvider.System, _configuration, _actions, Say)
        {
            OpenTls = keys => TlsOpening.Open(new LinuxHost().Files, keys, receives: false, Say),
            StateChanged = NoteState,
        };
        _thread = new Thread(() => Sender.Run(_input)) { IsBackground = true };
        _thread.Start();
    }

    public RemoteSender Sender { get; }

    /// <summary>What it said, a line each.</summary>
    public string Said
    {
        get
        {
            lock (_said)
                return string.Join('\n', _said);
        }
    }

    /// <summary>Its states, as it told of each that it changed.</summary>
    public IReadOnlyList<string> States
    {
        get
        {
            lock (_states)
                return [.. _states];
        }
    }

    public void Give(params IEnumerable<string> lines) => _pipe.Write(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));

    public void Dispose()
    {
        _input.Stop();
        _pipe.Dispose();

        // What isn't taken is tried for so long at the end.
        Sender.Reconfigure(_configuration with { SecondsPerRecordMax = 1, TriesMax = 1 });
        _thread.Join();
        Sender.Dispose();
        _actions.Dispose();
    }

    void NoteState()
    {
        lock (_states)
            _states.Add(Sender.DescribeState());
    }

    void Say(string text)
    {
        lock (_said)
            _said.Add(text);
    }
}
