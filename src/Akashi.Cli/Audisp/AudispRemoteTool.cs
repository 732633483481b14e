using Akashi.Configuration;
using Akashi.Daemon.Disk;
using Akashi.Daemon.Plugins;
using Akashi.Daemon.Remote;
using Akashi.Diagnostics;
using Akashi.Host;
using Akashi.Output;
using Akashi.Remote;

namespace Akashi.Cli.Audisp;

/// <summary>audisp-remote: sends every record to another machine's auditd.</summary>
/// <remarks>
/// One argument, ours: another file than /etc/audit/audisp-remote.conf. Exit codes: 0; 1 for a wrong file, a queue that can't be had, or an action that stops it. TERM ends it,
/// HUP reads the file anew, USR1 writes the state, USR2 sends again after a suspension.
/// </remarks>
static class AudispRemoteTool
{
    const string Usage = "usage: audisp-remote [CONFIG_FILE]\n";
    const string StatePath = "/run/audit/remote.state";

    public static Tool Tool { get; } = new("audisp-remote", "plugin: send records to another machine", Run) { Manual = PluginManuals.Remote };

    static int Run(Invocation invocation)
    {
        using var messages = new PluginMessages(invocation);
        if (invocation.Arguments.Count > 1)
            return messages.Refuse("too many arguments", Usage);
        if (invocation.Arguments is ["-h" or "--help"])
            return PrintHelp(invocation);
        string path = invocation.Arguments.Count == 1 ? invocation.Arguments[0] : RemoteConfiguration.DefaultPath;
        if (Read(invocation.Host.Files, path, messages) is not { } configuration)
            return 1;
        try
        {
            return Send(invocation, messages, path, configuration);
        }
        catch (AuditException exception)
        {
            messages.Say(exception.Message);
            return 1;
        }
    }

    static int PrintHelp(Invocation invocation)
    {
        using var output = new Utf8Output(invocation.Output);
        output.Write(Usage);
        output.Write(
            $"""
            auditd starts it (/etc/audit/plugins.d/au-remote.conf): it sends every record to another machine's auditd.
            CONFIG_FILE is {RemoteConfiguration.DefaultPath} unless given. HUP reads it anew, the state is in
            {StatePath}, which USR1 has written anew, USR2 sends again after a suspension. See audisp-remote(8), docs/remote.md.

            """);
        return 0;
    }

    static int Send(Invocation invocation, PluginMessages messages, string path, RemoteConfiguration configuration)
    {
        using var actions = new MachineActions(invocation.Host, invocation.Name);
        RemoteSender? running = null;
        using var sender = new RemoteSender(invocation.Host.Clock, configuration, actions, messages.Say)
        {
            Version = Version.Text,
            OpenTls = keys => TlsOpening.Open(invocation.Host.Files, keys, receives: false, messages.Say),

            // For akashi doctor. Where auditd has no /run/audit nobody asked for it.
            StateChanged = () => WriteState(running!, _ => { }),
        };
        running = sender;
        var input = new PluginInput(invocation.Input);
        foreach (Signal signal in (ReadOnlySpan<Signal>)[Signal.Hangup, Signal.User1, Signal.User2])
            invocation.Signals.Ignore(signal);
        using IDisposable onTerminate = invocation.Signals.On(Signal.Terminate, input.Stop);
        using IDisposable onHangup = invocation.Signals.On(Signal.Hangup, () =>
        {
            if (Read(invocation.Host.Files, path, messages) is { } read)
                sender.Reconfigure(read);
            else
                messages.Say("the configuration stays as it was");
        });
        using IDisposable onUser1 = invocation.Signals.On(Signal.User1, () => WriteState(sender, messages.Say));
        using IDisposable onUser2 = invocation.Signals.On(Signal.User2, sender.Resume);
        bool isWell = sender.Run(input);
        if (input.Fault is not { } fault)
            return isWell ? 0 : 1;
        messages.Say(fault);
        return 1;
    }

    static RemoteConfiguration? Read(IFiles files, string path, PluginMessages messages)
    {
        var diagnostics = new DiagnosticBag();
        RemoteConfiguration configuration = RemoteConfigurationFile.Read(files, path, diagnostics);
        foreach (Diagnostic diagnostic in diagnostics.All)
            messages.Say(diagnostic.ToString());
        if (diagnostics.HasErrors)
            return null;
        if (configuration.Transport == RemoteTransport.Krb5)
        {
            messages.Say($"{path}: remote not served yet over transport = krb5: tcp and tls are");
            return null;
        }

        return configuration.Transport == RemoteTransport.Tcp || CanSecure(files, configuration, messages) ? configuration : null;
    }

    // What can't be used is said now, and not with the first record.
    static bool CanSecure(IFiles files, RemoteConfiguration configuration, PluginMessages messages)
    {
        try
        {
            TlsOpening.Open(files, configuration.Tls, receives: false, messages.Say).Dispose();
            return true;
        }
        catch (AuditException exception)
        {
            messages.Say(exception.Message);
            return false;
        }
    }

    // Two threads may: the one that sends, and that of signals.
    static void WriteState(RemoteSender sender, Action<string> say)
    {
        try
        {
            lock (sender)
            {
                File.WriteAllText(StatePath + ".new", sender.DescribeState());
                File.Move(StatePath + ".new", StatePath, overwrite: true);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            say($"cannot write {StatePath}: {FileFault.Describe(exception)}");
        }
    }
}
