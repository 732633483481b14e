using System.Text;
using Akashi.Cli.Live;
using Akashi.Cli.RuleCommands;
using Akashi.Host;
using Akashi.Output;
using Akashi.Rules;

namespace Akashi.Cli.SetupCommands;

/// <summary>Has the kernel hold the rules of a file that was changed: what the file said before and says no more goes, what it says now comes; nothing else is touched.</summary>
static class KernelLoad
{
    const uint Locked = 2;

    /// <summary>Loads, through the same path as <c>akashi rules load</c>: a refusal puts back what was.</summary>
    /// <returns>False where the kernel refuses; said.</returns>
    public static bool Load(SetupMachine machine, string path, SetupOutcome outcome)
    {
        AuditStatus status;
        IReadOnlyList<HeldRule> held;
        using var error = new Utf8Output(machine.Invocation.Error, FlushMode.Line);
        using var output = new Utf8Output(machine.Invocation.Output, FlushMode.Line);
        var report = new RuleReport(output, error, machine.Machine);
        try
        {
            using IAuditKernel kernel = machine.Host.OpenAuditKernel();
            status = kernel.GetStatus();
            held = new KernelRules(kernel, report).List();
        }
        catch (KernelRequestException exception)
        {
            machine.Say($"the rules are not loaded: {exception.Message}", "they are loaded at the next boot, or by akashi rules load as root outside of a container");
            return false;
        }

        if (status.Enabled == Locked)
        {
            machine.Say("the rules are locked until the next boot (-e 2): the files are changed, the kernel is not", "boot");
            return true;
        }

        if (new LoadCommand(machine.Host, report).Run(features => Read(machine, path, outcome, held, features)) != 0)
            return false;
        SayWhoRecords(machine, status, outcome.IsUndo);
        return true;
    }

    static RuleSet Read(SetupMachine machine, string path, SetupOutcome outcome, IReadOnlyList<HeldRule> held, uint features)
    {
        var context = new RuleContext(machine.Machine, machine.Host.Accounts, machine.Host.Files.KindOf) { Features = features };
        byte[] now = machine.Look(path).Bytes;
        var wanted = new RuleSet();
        wanted.Add(now, path, context);
        HashSet<HeldRule> keeps = [.. Rules(wanted)], isHeld = [.. held];

        var set = new RuleSet();
        if (outcome.BytesBefore(path) is { Length: > 0 } before)
        {
            var old = new RuleSet();
            old.Add(before, path, context);
            foreach (HeldRule rule in Rules(old).Where(rule => isHeld.Contains(rule) && !keeps.Contains(rule)).Distinct())
                set.Add(Encoding.UTF8.GetBytes("-d" + rule.Source!.Text.TrimStart()[2..] + "\n"), path, context);
        }

        set.Add(now, path, context);
        return set;
    }

    static IEnumerable<HeldRule> Rules(RuleSet set) => set.Lines
        .Where(line => line.Change is { IsDeletion: false } && line.Text.TrimStart().StartsWith("-a", StringComparison.Ordinal))
        .Select(line => HeldRule.OfFile(line.Change!.Rule, line));

    static void SayWhoRecords(SetupMachine machine, AuditStatus status, bool isUndo)
    {
        if (isUndo)
            return;
        if (AuditOwner.Find(status) is not { } owner)
            machine.Say("nothing records yet: no daemon owns the kernel's audit", BootRules.FindLoader(machine) is null ? "akashi setup service" : "systemctl start auditd");
        else if (status.Enabled == 0)
            machine.Say($"the kernel's audit is switched off, though {owner} owns it: nothing is recorded", "auditctl -e 1");
    }
}
