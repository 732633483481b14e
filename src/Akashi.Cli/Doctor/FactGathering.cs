using Akashi.Cli.Augenrules;
using Akashi.Cli.Live;
using Akashi.Cli.RuleCommands;
using Akashi.Cli.SetupCommands;
using Akashi.Configuration;
using Akashi.Diagnostics;
using Akashi.Health;
using Akashi.Host;
using Akashi.Linux.Time;
using Akashi.Output;
using Akashi.Rules;
using Akashi.Setup;

namespace Akashi.Cli.Doctor;

/// <summary>Asks this machine for everything that the doctor looks at; what can't be asked stays unknown.</summary>
/// <param name="invocation">The call.</param>
sealed class FactGathering(Invocation invocation)
{
    const string RulesDirectoryPath = "/etc/audit/rules.d";
    const string MergedPath = "/etc/audit/audit.rules";

    readonly IHost _host = invocation.Host;

    /// <summary>The facts.</summary>
    public HealthFacts Gather()
    {
        using var output = new Utf8Output(Stream.Null);
        var machine = new SetupMachine(invocation, "/", output, output);
        var facts = new HealthFacts
        {
            Status = null,
            Owner = null,
            BootLine = machine.Text("/proc/cmdline")?.Trim() ?? "",
            LoadsRulesAtBoot = BootRules.FindLoader(machine) is not null,
            IsClockSynchronized = ClockKeeping.IsSynchronized,
            PamFiles = ReadPam(machine),
            ScriptStarters = FindScriptStarters(machine),
            JournalTakesRecords = JournalTakesRecords(machine),
            JournalSwitchesOff = JournalTakesRecords(machine) && JournalAudit.IsSwitchedOff(machine.List, path => TryText(machine, path)),
            Container = FindContainer(machine),
            InterruptedSetups = [.. SetupTool.Names.Where(name =>
                machine.Look($"{SetupJournals.Place}/{name}/{SetupJournals.Pending}").Kind != FileStateKind.Missing
                || machine.Look($"{SetupJournals.Place}/{name}/{SetupJournals.Undoing}").Kind != FileStateKind.Missing)],
        };
        facts = AddRules(facts, AddKernel(facts, out IReadOnlyList<HeldRule> held), held);
        facts = new ServiceFacts(_host).Add(new ProcessFacts(_host).Add(facts));
        facts = new TrailFacts(_host).Add(AddConfiguration(facts));
        facts = new RecorderFacts().Add(new CertificateFacts(_host).Add(facts));
        facts = new SenderFacts().Add(new ReceiverFacts(invocation).Add(facts));
        return facts.IsRecorderUsed ? new LoginFacts(invocation).Add(facts) : facts;
    }

    HealthFacts AddKernel(HealthFacts facts, out IReadOnlyList<HeldRule> held)
    {
        held = [];
        try
        {
            using IAuditKernel kernel = _host.OpenAuditKernel();
            AuditStatus status = kernel.GetStatus();
            held = [.. kernel.ListRules().Select(bytes => HeldRule.OfKernel(bytes, out _)).OfType<HeldRule>()];
            return facts with
            {
                Status = status,
                Features = kernel.GetFeatures(),
                Owner = AuditOwner.Find(status)?.ToString(),
                RulesHeld = held.Count,
            };
        }
        catch (KernelRequestException exception)
        {
            return facts with { Status = null, KernelRefusal = exception.Message };
        }
    }

    HealthFacts AddRules(HealthFacts before, HealthFacts facts, IReadOnlyList<HeldRule> held)
    {
        if (_host.Files.KindOf(RulesDirectoryPath) != FileKind.Directory)
            return facts with { IsMerged = null, RulesMissing = 0, RulesUnwritten = held.Count };
        RuleSet set = new RuleSources(_host).Read([RulesDirectoryPath]);
        RuleTarget target = RuleTarget.Of([], set, set.Diagnostics);
        HashSet<HeldRule> wanted = [.. target.Rules], present = [.. held];
        return facts with
        {
            BacklogInFiles = RuleSettings.Of(set, new DiagnosticBag()).BacklogLimit,
            RuleFaults = set.Diagnostics.All,
            RulesMissing = wanted.Count(rule => !present.Contains(rule)),
            RulesUnwritten = present.Count(rule => !wanted.Contains(rule)),
            IsMerged = IsMerged() ?? before.IsMerged,
        };
    }

    bool? IsMerged()
    {
        try
        {
            var files = new RulesDirectory(_host);
            var merge = new RuleMerge();
            IReadOnlyList<string> found = files.Find(RulesDirectoryPath);
            foreach (string path in found)
                merge.Add(files.Read(path));
            if (!File.Exists(MergedPath))
                return found.Count == 0;
            return File.ReadAllBytes(MergedPath).AsSpan().SequenceEqual(merge.ToFile(RulesDirectoryPath));
        }
        catch (Exception exception) when (exception is AuditException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    HealthFacts AddConfiguration(HealthFacts facts)
    {
        var faults = new DiagnosticBag();
        AuditdConfiguration configuration = AuditdConfigurationFile.Read(_host.Files, AuditdConfiguration.DefaultDirectory, allowsLink: false, faults);
        return facts with { Configuration = faults.HasErrors ? null : configuration, ConfigurationFaults = faults.All };
    }

    static Dictionary<string, string> ReadPam(SetupMachine machine)
    {
        var files = new Dictionary<string, string>();
        foreach (string name in machine.List("/etc/pam.d"))
        {
            if (TryText(machine, $"/etc/pam.d/{name}") is { } text)
                files[name] = text;
        }

        return files;
    }

    // Some files are root's alone: to others they are as if they weren't there.
    static string? TryText(SetupMachine machine, string path)
    {
        try
        {
            return machine.Text(path);
        }
        catch (AuditException)
        {
            return null;
        }
    }

    static List<string> FindScriptStarters(SetupMachine machine)
    {
        IEnumerable<string> files = machine.List("/etc/profile.d").Select(name => $"/etc/profile.d/{name}").Append("/etc/profile").Append("/etc/bash.bashrc");
        return [.. files.Where(file => (TryText(machine, file) ?? "").Split('\n').Any(CallsScript))];
    }

    static bool CallsScript(string line) =>
        line.TrimStart() is { Length: > 0 } text && text[0] != '#' && text.Split([' ', '\t', ';', '&', '|', '(']).Any(word => word is "script" or "/usr/bin/script");

    // Audit=no doesn't keep it from taking them: journald.conf(5).
    static bool JournalTakesRecords(SetupMachine machine)
    {
        const string Socket = "systemd-journald-audit.socket";
        bool isThere = machine.KindOf($"/lib/systemd/system/{Socket}") == FileKind.Regular && machine.KindOf("/run/systemd/system") == FileKind.Directory;
        bool isMasked = machine.Look($"/etc/systemd/system/{Socket}") is { Kind: FileStateKind.Link, Target: "/dev/null" };
        return isThere && !isMasked;
    }

    static string? FindContainer(SetupMachine machine)
    {
        const string WholeMap = "4294967295";
        if (machine.KindOf("/run/.containerenv") != FileKind.Missing)
            return "/run/.containerenv";
        if (machine.KindOf("/.dockerenv") != FileKind.Missing)
            return "/.dockerenv";
        string map = TryText(machine, "/proc/self/uid_map") ?? WholeMap;
        return map.Contains(WholeMap, StringComparison.Ordinal) ? null : "a user namespace: /proc/self/uid_map";
    }
}
