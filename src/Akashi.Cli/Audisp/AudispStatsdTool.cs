using System.Text;
using Akashi.Configuration;
using Akashi.Daemon.Plugins;
using Akashi.Diagnostics;
using Akashi.Host;
using Akashi.Linux.Sockets;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Cli.Audisp;

/// <summary>audisp-statsd: sends metrics to a statsd server.</summary>
/// <remarks>One argument, ours: another file than /etc/audit/audisp-statsd.conf. Exit codes: 0; 1 for a wrong file or an address that isn't known.</remarks>
static class AudispStatsdTool
{
    const string Usage = "usage: audisp-statsd [CONFIG_FILE]\n";
    const string DefaultPath = "/etc/audit/audisp-statsd.conf";
    const string StatePath = "/run/audit/auditd.state";
    const int FileBytesMax = 64 * 1024;

    public static Tool Tool { get; } = new("audisp-statsd", "plugin: send metrics to a statsd server", Run) { Manual = PluginManuals.Statsd };

    static int Run(Invocation invocation)
    {
        using var messages = new PluginMessages(invocation);
        if (invocation.Arguments.Count > 1)
            return messages.Refuse("too many arguments", Usage);
        try
        {
            string path = invocation.Arguments.Count == 1 ? invocation.Arguments[0] : DefaultPath;
            if (Read(invocation.Host.Files, path, messages) is not { } configuration)
                return 1;
            using UdpSender sender = UdpSender.To(configuration.Address, configuration.Port);
            var input = new PluginInput(invocation.Input);
            using IDisposable onTerminate = invocation.Signals.On(Signal.Terminate, input.Stop);
            invocation.Signals.Ignore(Signal.Hangup);
            new StatsdPlugin(invocation.Host, configuration, StatePath, datagram => sender.TrySend(datagram)).Run(input);
            if (input.Fault is not { } fault)
                return 0;
            messages.Say(fault);
        }
        catch (AuditException exception)
        {
            messages.Say(exception.Message);
        }

        return 1;
    }

    static StatsdConfiguration? Read(IFiles files, string path, PluginMessages messages)
    {
        using SafeFileHandle handle = files.OpenForReading(path);
        byte[] bytes = new byte[FileBytesMax];
        var diagnostics = new DiagnosticBag();
        StatsdConfiguration configuration = StatsdConfiguration.Parse(Encoding.UTF8.GetString(bytes, 0, RandomAccess.Read(handle, bytes, 0)), path, diagnostics);
        foreach (Diagnostic diagnostic in diagnostics.All)
            messages.Say(diagnostic.ToString());
        return diagnostics.HasErrors ? null : configuration;
    }
}
