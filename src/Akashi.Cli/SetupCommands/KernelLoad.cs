using Akashi.Cli.Live;
using Akashi.Cli.RuleCommands;
using Akashi.Host;
using Akashi.Output;
using Akashi.Rules;

namespace Akashi.Cli.SetupCommands;

/// <summary>Has the kernel hold what the next boot would load, now that a rule file was changed: the rules of all files, in their order.</summary>
/// <remarks>
/// What the changed file said before and says no more goes. Rules of nobody's file go where the files begin with -D, as at boot, and stay where they don't: programs that
/// load their own have none. What can't be taken back before a boot (-e 2, --loginuid-immutable) is left to it. Where another file keeps the whole from being
/// loaded, the changed file's rules are loaded behind those that are there: recorded in another order is better than not recorded.
/// </remarks>
static class KernelLoad
{
    const string RulesDirectory = "/etc/audit/rules.d";
    const uint Locked = 2;

    /// <summary>Loads, by the steps of <c>akashi rules load</c>: additions first, and a refusal puts back what was.</summary>
    /// <returns>False where the kernel refuses; said.</returns>
    public static bool Load(SetupMachine machine, string path, SetupOutcome outcome)
    {
        AuditStatus status;
        using var error = new Utf8Output(machine.Invocation.Error, FlushMode.Line);
        using var output = new Utf8Output(machine.Invocation.Output, FlushMode.Line);
        try
        {
            using IAuditKernel kernel = machine.Host.OpenAuditKernel();
            status = kernel.GetStatus();
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

        var change = new ChangedRuleFile(machine, path, outcome);
        var whole = new LoadCommand(machine.Host, new RuleReport(output, error, machine.Machine)) { FindSuperseded = change.FindSupersededByAll, LeavesLocks = true };
        whole.Run(change.ReadAll);
        if (!whole.HasLoaded && !TryLoadAlone(machine, change, new RuleReport(output, error, machine.Machine)))
            return false;
        SayWhoRecords(machine, status, outcome.IsUndo);
        return true;
    }

    static bool TryLoadAlone(SetupMachine machine, ChangedRuleFile change, RuleReport report)
    {
        var alone = new LoadCommand(machine.Host, report) { FindSuperseded = change.FindSupersededAlone, LeavesLocks = true };
        alone.Run(change.ReadAlone);
        if (alone.HasLoaded)
            machine.Say($"the rule files can't be loaded together: until then {change.Path} alone is, behind the rules that are there", "akashi rules check says what is wrong; when it's mended: akashi rules load");
        return alone.HasLoaded;
    }

    static void SayWhoRecords(SetupMachine machine, AuditStatus status, bool isUndo)
    {
        if (isUndo)
            return;
        if (AuditOwner.Find(status) is not { } owner)
            machine.Say("nothing records yet: no daemon owns the kernel's audit", BootRules.FindLoader(machine) is null ? "akashi setup service" : "systemctl start auditd");
        else if (status.Enabled == 0)
            machine.Say($"the kernel's audit is switched off, though {owner} owns it: nothing is recorded", "auditctl -e 1");
    }

    /// <summary>A rule file that a setup changed, among the others.</summary>
    sealed class ChangedRuleFile(SetupMachine machine, string path, SetupOutcome outcome)
    {
        public string Path => path;

        public RuleSet ReadAll(uint features) => machine.Host.Files.KindOf(machine.PathOf(RulesDirectory)) == FileKind.Directory
            ? new RuleSources(machine.Host).Read([machine.PathOf(RulesDirectory)], features)
            : new RuleSet();

        public RuleSet ReadAlone(uint features)
        {
            var set = new RuleSet();
            set.Add(machine.Look(path).Bytes, path, ContextFor(features));
            return set;
        }

        // At boot nothing is there: where the rules of files stand now says nothing of where they belong.
        public IReadOnlySet<HeldRule> FindSupersededByAll(RuleSet now)
        {
            HashSet<HeldRule> superseded = Former();
            superseded.UnionWith(Rules(now));
            return superseded;
        }

        public IReadOnlySet<HeldRule> FindSupersededAlone(RuleSet now)
        {
            HashSet<HeldRule> superseded = Former();
            superseded.ExceptWith(Rules(now));
            return superseded;
        }

        HashSet<HeldRule> Former()
        {
            var old = new RuleSet();
            if (outcome.BytesBefore(path) is { } bytes)
                old.Add(bytes, path, ContextFor(uint.MaxValue));
            return [.. Rules(old)];
        }

        RuleContext ContextFor(uint features) => new(machine.Machine, machine.Host.Accounts, machine.Host.Files.KindOf) { Features = features };

        static IEnumerable<HeldRule> Rules(RuleSet set) => set.Lines
            .Where(line => line.Change is { IsDeletion: false })
            .Select(line => HeldRule.OfFile(line.Change!.Rule, line));
    }
}
