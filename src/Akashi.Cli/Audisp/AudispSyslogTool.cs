using Akashi.Daemon.Plugins;
using Akashi.Host;
using Akashi.Linux.Processes;

namespace Akashi.Cli.Audisp;

/// <summary>audisp-syslog: writes every record to the system log.</summary>
/// <remarks>
/// Words in any order: a facility, a level, <c>interpret</c>. Exit codes: 0; 1 for a word that means nothing. TERM ends it, HUP changes nothing. With a facility other than LOG_USER the
/// lines' name is audispd, as the original has it.
/// </remarks>
static class AudispSyslogTool
{
    const string Usage = "usage: audisp-syslog [LOG_USER|LOG_LOCAL0…7|LOG_AUTH|LOG_AUTHPRIV|LOG_DAEMON|LOG_SYSLOG] [LOG_DEBUG…LOG_EMERG] [interpret]\n";

    public static Tool Tool { get; } = new("audisp-syslog", "plugin: write records to the system log", Run) { Manual = PluginManuals.Syslog };

    static int Run(Invocation invocation)
    {
        using var messages = new PluginMessages(invocation);
        if (SyslogOptions.Parse(invocation.Arguments, out string? unknown) is not { } options)
            return messages.Refuse($"Unknown log priority/facility {unknown}", Usage);
        using var log = new SystemLog(options.Facility == SyslogOptions.UserFacility ? invocation.Name : "audispd", options.Facility);
        var input = new PluginInput(invocation.Input);
        using IDisposable onTerminate = invocation.Signals.On(Signal.Terminate, input.Stop);
        invocation.Signals.Ignore(Signal.Hangup);
        new SyslogPlugin(invocation.Host, options, log.Write).Run(input);
        if (input.Fault is not { } fault)
            return 0;
        messages.Say(fault);
        return 1;
    }
}
