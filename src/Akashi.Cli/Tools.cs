using Akashi.Cli.Auditd;
using Akashi.Cli.Ausearch;

namespace Akashi.Cli;

/// <summary>The tools this binary answers as: the classic ones by their own names, <c>akashi NAME</c> for all.</summary>
public static class Tools
{
    /// <summary>The classic names; <c>./build</c> makes a hard link for each.</summary>
    public static IReadOnlyList<Tool> Classic { get; } =
    [
        AuditdTool.Tool,
        new("auditctl", "Shows and changes rules and status of the kernel's audit", Auditctl.AuditctlTool.Run),
        AusearchTool.Tool,
    ];

    /// <summary>The subcommands of <c>akashi</c>.</summary>
    public static IReadOnlyList<Tool> Commands { get; } =
    [
    ];
}
