using Akashi.Cli.Auditctl;
using Akashi.Cli.Auditd;
using Akashi.Cli.Augenrules;
using Akashi.Cli.Ausearch;
using Akashi.Cli.Autrace;
using Akashi.Cli.Live;
using Akashi.Cli.RuleCommands;

namespace Akashi.Cli;

/// <summary>The tools this binary answers as: the classic ones by their own names, <c>akashi NAME</c> for all.</summary>
public static class Tools
{
    /// <summary>The classic names; <c>./build</c> makes a hard link for each.</summary>
    public static IReadOnlyList<Tool> Classic { get; } =
    [
        AuditctlTool.Tool,
        AuditdTool.Tool,
        AugenrulesTool.Tool,
        AusearchTool.Tool,
        AutraceTool.Tool,
    ];

    /// <summary>The subcommands of <c>akashi</c>.</summary>
    public static IReadOnlyList<Tool> Commands { get; } =
    [
        LiveTool.Tool,
        RulesTool.Tool,
    ];
}
