using System.Text;
using Akashi.Host;
using Akashi.Tables;

namespace Akashi.Setup;

/// <summary>Rules that record every program that named people start: by auid, which su and sudo don't change.</summary>
public static class CommandRules
{
    /// <summary>Where they go: behind the sets that a program is to be found under first, as the kernel takes the first rule that matches.</summary>
    public const string Path = "/etc/audit/rules.d/70-akashi-commands.rules";

    /// <summary>The key of a person's rules, as <c>ausearch -k</c> takes it.</summary>
    public static string KeyOf(string user) => user + "_command";

    /// <summary>The file.</summary>
    /// <param name="users">The people, in the order in which they were named.</param>
    /// <param name="machine">What the machine is: whether it runs programs of another width.</param>
    public static string Write(IReadOnlyList<UserAccount> users, Machine machine)
    {
        var text = new StringBuilder();
        text.Append("## Every program that these people start, with its arguments: found by auid, whoever they become by su or sudo.\n");
        text.Append("## Made by akashi setup commands --users ").AppendJoin(',', users.Select(user => user.Name)).Append(": run that again instead of\n");
        text.Append("## editing this file. akashi setup commands --undo takes it away.\n");
        foreach (UserAccount user in users)
        {
            text.Append('\n').Append("## ").Append(user.Name).Append(", uid ").Append(user.Uid).Append('\n');
            foreach (string width in RuleWidths.Of(machine))
                text.Append($"-a always,exit -F arch={width} -S execve,execveat -F auid={user.Uid} -F key={KeyOf(user.Name)}\n");
        }

        return text.ToString();
    }

    /// <summary>Why a name can't stand in a rule and a PAM line; null where it can.</summary>
    public static string? WhyUnusable(string name) =>
        name.Length is 0 or > 64 ? "it is not 1 to 64 characters"
        : name.Any(value => value is <= ' ' or ',' or '*' or '?' or '[' or '\\' or '#' or '"' or '\'' or '=' or >= '\x7F')
            ? "blanks, commas, patterns and quotes can't stand in a rule and a PAM line"
            : null;
}
