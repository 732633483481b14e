using Akashi.Cli.Audisp;
using Akashi.Cli.Auditctl;
using Akashi.Cli.Auditd;
using Akashi.Cli.Aureport;
using Akashi.Cli.Augenrules;
using Akashi.Cli.Aulast;
using Akashi.Cli.Aulastlog;
using Akashi.Cli.Ausearch;
using Akashi.Cli.Ausyscall;
using Akashi.Cli.Auvirt;
using Akashi.Cli.Doctor;
using Akashi.Cli.Hosts;
using Akashi.Cli.Live;
using Akashi.Cli.Protect;
using Akashi.Cli.Recorder;
using Akashi.Cli.Recordings;
using Akashi.Cli.Start;
using Akashi.Cli.Reporting;
using Akashi.Cli.Autrace;
using Akashi.Cli.Restart;
using Akashi.Cli.RuleCommands;
using Akashi.Cli.Script;
using Akashi.Cli.Scriptlive;
using Akashi.Cli.Scriptreplay;
using Akashi.Cli.SetupCommands;
using Akashi.Cli.Status;
using Akashi.Cli.Searching;
using Akashi.Cli.Trace;

namespace Akashi.Cli;

/// <summary>The tools this binary answers as: the classic ones by their own names, <c>akashi NAME</c> for all.</summary>
public static class Tools
{
    /// <summary>The classic names; <c>./build</c> makes a hard link for each.</summary>
    public static IReadOnlyList<Tool> Classic { get; } =
    [
        AudispFilterTool.Tool,
        AudispRemoteTool.Tool,
        AudispStatsdTool.Tool,
        AudispSyslogTool.Tool,
        AudispUnixTool.Tool,
        AuditctlTool.Tool,
        AuditdTool.Tool,
        AureportTool.Tool,
        AugenrulesTool.Tool,
        AulastTool.Tool,
        AulastlogTool.Tool,
        AusearchTool.Tool,
        AusyscallTool.Tool,
        AuvirtTool.Tool,
        AutraceTool.Tool,
        ScriptTool.Tool,
        ScriptliveTool.Tool,
        ScriptreplayTool.Tool,
    ];

    /// <summary>The subcommands of <c>akashi</c>.</summary>
    public static IReadOnlyList<Tool> Commands { get; } =
    [
        StartTool.Tool,
        LiveTool.Tool,
        SearchTool.Tool,
        RestoreTool.Tool,
        ReportTool.Tool,
        RulesTool.Tool,
        SetupTool.Tool,
        DoctorTool.Tool,
        ProbeTool.Tool,
        PamTrialTool.Tool,
        StatusTool.Tool,
        HostsTool.Tool,
        TraceTool.Tool,
        RestartTool.Tool,
        RecordTool.Tool,
        RecorderTool.Tool,
        KeeperTool.Tool,
        LoginShellTool.Tool,
        ReplayTool.Tool,
        RecordingsTool.Tool,
        ProtectTool.Tool,
    ];

    /// <summary>The classic tool of a name; null where there is none. Touches no other tool: each makes its tables when it's first looked at.</summary>
    public static Tool? FindClassic(string name) => name switch
    {
        "audisp-filter" => AudispFilterTool.Tool,
        "audisp-remote" => AudispRemoteTool.Tool,
        "audisp-statsd" => AudispStatsdTool.Tool,
        "audisp-syslog" => AudispSyslogTool.Tool,
        "audisp-af_unix" => AudispUnixTool.Tool,
        "auditctl" => AuditctlTool.Tool,
        "auditd" => AuditdTool.Tool,
        "aureport" => AureportTool.Tool,
        "augenrules" => AugenrulesTool.Tool,
        "aulast" => AulastTool.Tool,
        "aulastlog" => AulastlogTool.Tool,
        "ausearch" => AusearchTool.Tool,
        "ausyscall" => AusyscallTool.Tool,
        "auvirt" => AuvirtTool.Tool,
        "autrace" => AutraceTool.Tool,
        "script" => ScriptTool.Tool,
        "scriptlive" => ScriptliveTool.Tool,
        "scriptreplay" => ScriptreplayTool.Tool,
        // No hard link is made for it: a login shell is a file of its own, which its users may run but not read.
        LoginShellTool.ShellName or "-" + LoginShellTool.ShellName => LoginShellTool.Tool,
        _ => null,
    };

    /// <summary>The subcommand of a name; null where there is none.</summary>
    public static Tool? FindCommand(string name) => Commands.FirstOrDefault(tool => tool.Name == name);
}
