using System.Globalization;
using Akashi.Diagnostics;
using Akashi.Tables;

namespace Akashi.Rules;

// Settings between the rules: what locks them, what stops the machine, what loses records.
public sealed partial class RuleCheck
{
    // What auditd's own sets of rules begin with; the kernel's default of 64 is less than one upgrade of packages fills.
    const uint BacklogUsual = 8192;

    void CheckSettings(RuleSet set)
    {
        RuleSetLine? backlog = null;
        foreach (RuleSetLine line in set.Lines)
        {
            if (ValueOf(line, "-f") == 2)
                Warn(RuleFinding.Panics, line, "-f 2: the kernel panics, and the machine stops, where a record is lost or memory is short", "-f 1 says it in the kernel's log and goes on");
            if (ValueOf(line, "-b") is not null)
                backlog = line;
        }

        if (backlog is not null && ValueOf(backlog, "-b") is > 0 and < BacklogUsual and var limit)
            Warn(RuleFinding.BacklogSmall, backlog, string.Create(CultureInfo.InvariantCulture,
                $"-b {limit}: a burst of more records than that waits or is lost"), $"-b {BacklogUsual} is usual", Severity.Note);
        CheckLock(set);
    }

    // auditctl -R takes lines in their order: what follows the lock is refused. augenrules moves the lock to the end, akashi rules load does too.
    void CheckLock(RuleSet set)
    {
        RuleSetLine? locking = null;
        RuleSetLine[] late = [];
        for (int index = 0; index < set.Lines.Count && locking is null; index++)
        {
            if (ValueOf(set.Lines[index], "-e") != 2)
                continue;
            locking = set.Lines[index];
            late = [.. set.Lines.Skip(index + 1).Where(line => line.Change is not null)];
        }

        if (late.Length == 0)
            return;
        string more = late.Length == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", and so do {late.Length - 1} more rules");
        Warn(RuleFinding.AfterLock, late[0], $"stands after -e 2 ({locking!.Place}), which locks the rules until the next boot{more}: auditctl -R can't load it",
            "make -e 2 the last line of the last file", Severity.Error);
    }

    // For every system call that any process makes, the rule's conditions hold.
    void CheckEverySyscall(HeldRule held)
    {
        Rule rule = held.Rule;
        if (rule is not { List: FilterList.Exit, Action: RuleAction.Always } || !rule.Syscalls.IsAll
            || rule.Conditions.Any(condition => condition.Field is not (RuleField.Arch or RuleField.Filterkey) && condition.Operator != RuleOperator.NotEqual))
            return;
        Warn(RuleFinding.EverySyscall, held, "records every system call of every process: at some 500 bytes an event, one busy program that makes 10000 a second fills 430 GB a day, "
            + "and everything on the machine slows down", "name system calls with -S, and who is meant with -F auid>=1000 -F auid!=unset");
    }

    void Warn(RuleFinding finding, RuleSetLine line, string text, string? hint, Severity severity = Severity.Warning) =>
        _diagnostics.Add(new Diagnostic((int)finding, severity, text) { File = line.File, Line = line.Line, Hint = hint });

    static uint? ValueOf(RuleSetLine line, string option) =>
        line.Options.LastOrDefault(found => found.Name == option) is { Value: { } value } && uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out uint number)
            ? number
            : null;
}
