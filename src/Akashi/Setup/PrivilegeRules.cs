using System.Text;
using Akashi.Tables;

namespace Akashi.Setup;

/// <summary>A program that gives more rights than its caller has.</summary>
/// <param name="Path">The file itself, absolute, as the machine that is set up names it.</param>
/// <param name="Reason">What it gives: <c>runs as root (set-user-id)</c>.</param>
public readonly record struct PrivilegedProgram(string Path, string Reason);

/// <summary>Rules that record people starting programs that give more rights than they have.</summary>
/// <remarks>Only people: cron and mail start such programs without a login, all day long.</remarks>
public static class PrivilegeRules
{
    /// <summary>Where they go: before the rules of commands, so that these starts are found under this key.</summary>
    public const string Path = "/etc/audit/rules.d/43-akashi-privilege.rules";

    /// <summary>The key; another than that of 33-privilege.rules, which the kernel would refuse to load twice. <c>ausearch -k privilege</c> finds both.</summary>
    public const string Key = "privileged";

    /// <summary>The file.</summary>
    /// <param name="programs">The programs.</param>
    /// <param name="machine">What the machine is: whether it runs programs of another width.</param>
    public static string Write(IReadOnlyList<PrivilegedProgram> programs, Machine machine)
    {
        var text = new StringBuilder();
        text.Append("## Programs that give people more rights than they have: set-user-id, set-group-id and file capabilities, as found on this machine.\n");
        text.Append("## Made by akashi setup privilege: run it again when programs were added. akashi setup privilege --undo takes it away.\n");
        text.Append(LoadContinuation.Lines);
        foreach (PrivilegedProgram program in programs)
        {
            text.Append($"\n## {program.Path} {program.Reason}\n");
            foreach (string width in RuleWidths.Of(machine))
                text.Append($"-a always,exit -F arch={width} -F path={program.Path} -F perm=x -F auid>=1000 -F auid!=unset -F key={Key}\n");
        }

        return text.ToString();
    }
}
