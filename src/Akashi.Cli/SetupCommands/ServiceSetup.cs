using System.Text;
using Akashi.Cli.Live;
using Akashi.Cli.Recorder;
using Akashi.Host;
using Akashi.Linux.Files;
using Akashi.Setup;

namespace Akashi.Cli.SetupCommands;

/// <summary><c>akashi setup service [--replace-auditd]</c>.</summary>
static class ServiceSetup
{
    const string RunningSystemd = "/run/systemd/system";
    static readonly string[] s_packageUnits = ["/lib/systemd/system/auditd.service", "/usr/lib/systemd/system/auditd.service"];

    public static SetupKind Kind { get; } = new(
        "service", "", "installs the programs, and has auditd and the rules started at boot", SetupOptions.OfService, Plan, Finish);

    static SetupPlan Plan(SetupMachine machine, SetupOptions typed)
    {
        var plan = new SetupPlan(Kind.Name);
        var service = new AuditService(typed.Prefix);
        FileState program = new SetupFiles("/").Look(Environment.ProcessPath!);
        CheckForeign(machine, typed, service, program, plan);
        if (plan.Diagnostics.HasErrors)
            return plan;
        foreach (FileChange change in service.Programs(program.Bytes, Tools.Classic.Select(tool => tool.Name), LoginShellFile.Read(), machine.Look))
            plan.Add(change);
        foreach (FileChange change in service.Shared(Shipped(), Tools.Classic.Select(tool => tool.Name), machine.Look))
            plan.Add(change);
        bool hasRules = machine.List("/etc/audit/rules.d").Any(name => name.EndsWith(".rules", StringComparison.Ordinal) && name[0] != '.');
        foreach (FileChange change in service.Settings(Packaged("auditd.conf"), hasRules ? null : Packaged("10-base.rules"), machine.Look))
            plan.Add(change);
        foreach (FileChange change in service.Units(Packaged("auditd.service"), Packaged("audit-rules.service"), machine.Look))
            plan.Add(change);
        plan.Add(service.Protection(Packaged(AuditService.ProtectUnit), machine.Look));
        if (JournalAudit.IsSwitchedOff(machine.List, machine.Text))
            plan.Add(service.Journal(machine.Look));
        Note(machine, typed, plan);
        return plan;
    }

    // Another auditd: a package's, or somebody's own unit.
    static void CheckForeign(SetupMachine machine, SetupOptions typed, AuditService service, FileState program, SetupPlan plan)
    {
        const string Hint = "--replace-auditd lets ours take its place: its files stay, ours stand before them, --undo brings it back";
        string? unit = s_packageUnits.FirstOrDefault(path => machine.KindOf(path) == FileKind.Regular)
            ?? (IsForeignUnit(machine) ? $"{AuditService.UnitDirectory}/{AuditService.DaemonUnit}" : null);
        if (unit is not null && !typed.ReplacesAuditd)
            plan.Refuse(SetupMessage.ForeignService, $"another auditd is installed ({unit})", Hint);
        else if (unit is not null)
            plan.Note(SetupMessage.Replaced, $"{unit} stays as it is and is covered by ours in {AuditService.UnitDirectory}; its programs in /usr/sbin stay too: "
                + $"who calls them by path gets them, who calls them by name gets those of {typed.Prefix}/sbin where PATH has it first");
        foreach (string name in Tools.Classic.Select(tool => tool.Name).Append("akashi"))
        {
            FileState present = machine.Look(service.PathOf(name));
            if (present.Kind != FileStateKind.Missing && !IsOurs(machine, service, present, program))
                plan.Refuse(SetupMessage.ForeignProgram, $"{service.PathOf(name)} is another program", "--prefix puts ours elsewhere");
        }
    }

    static bool IsForeignUnit(SetupMachine machine)
    {
        FileState unit = machine.Look($"{AuditService.UnitDirectory}/{AuditService.DaemonUnit}");
        return unit.Kind == FileStateKind.File && !Encoding.UTF8.GetString(unit.Bytes).Contains("akashi setup service", StringComparison.Ordinal);
    }

    // The same bytes as akashi beside it (an older version of ours), or as this program.
    static bool IsOurs(SetupMachine machine, AuditService service, FileState present, FileState program)
    {
        ReadOnlySpan<byte> bytes = present.Bytes;
        return bytes.SequenceEqual(program.Bytes)
            || (bytes.SequenceEqual(machine.Look(service.ProgramPath).Bytes) && new SetupTransaction(machine.Files, machine.Root, Kind.Name).Standing is not null);
    }

    static void Note(SetupMachine machine, SetupOptions typed, SetupPlan plan)
    {
        if (machine.Look(AuditService.ConfigurationPath).Kind != FileStateKind.Missing)
            plan.Note(SetupMessage.ConfigurationKept, $"{AuditService.ConfigurationPath} is there and stays as it is");
        string? secure = (machine.Text("/etc/sudoers") ?? "").Split('\n').FirstOrDefault(line => line.Contains("secure_path", StringComparison.Ordinal) && !line.TrimStart().StartsWith('#'));
        if (secure is not null && !secure.Contains($"{typed.Prefix}/sbin", StringComparison.Ordinal))
            plan.Note(SetupMessage.SearchPath, $"sudo's secure_path in /etc/sudoers doesn't have {typed.Prefix}/sbin: sudo auditctl finds another auditctl, or none", $"add {typed.Prefix}/sbin to secure_path by visudo");
        if (machine.IsThis && machine.Host.Files.KindOf(RunningSystemd) != FileKind.Directory)
            plan.Note(SetupMessage.NoSystemd, "systemd doesn't run here: the units are put in place, nothing is started", $"{typed.Prefix}/sbin/auditd starts the daemon by hand");
    }

    static bool Finish(SetupMachine machine, SetupOptions typed, SetupOutcome outcome)
    {
        if (machine.Host.Files.KindOf(RunningSystemd) != FileKind.Directory)
            return true;
        machine.Flush();
        if (outcome.IsUndo)
            return FinishUndo(machine);
        return (outcome.Changes.Count == 0 || TryStart(machine)) && SayOwner(machine);
    }

    // A rule that is refused keeps neither the other rules from being loaded nor the daemon from recording: at boot it's the same.
    static bool TryStart(SetupMachine machine)
    {
        string[][] steps = [["daemon-reload"], ["restart", AuditService.RulesUnit], ["restart", AuditService.DaemonUnit]];
        foreach (string[] step in steps)
        {
            if (machine.RunProgram("systemctl", step) == 0)
                continue;
            string command = $"systemctl {string.Join(' ', step)}";
            if (step[^1] == AuditService.RulesUnit)
            {
                machine.Say($"{command} failed: not every rule is loaded", "akashi rules load says which and why");
                continue;
            }

            machine.Say($"{command} failed: the files are in place, the service doesn't run", $"systemctl status {step[^1]}; akashi setup service --undo takes everything back");
            return false;
        }

        return true;
    }

    // Our daemon still runs, its files are gone: it ends, and what was there before begins again where there was something.
    static bool FinishUndo(SetupMachine machine)
    {
        bool isReloaded = machine.RunProgram("systemctl", ["daemon-reload"]) == 0;
        bool hasOther = s_packageUnits.Any(path => machine.KindOf(path) == FileKind.Regular)
            && machine.Look($"{AuditService.UnitDirectory}/{AuditService.DaemonUnit}").Target != "/dev/null";
        bool isDone = machine.RunProgram("systemctl", [hasOther ? "restart" : "stop", AuditService.DaemonUnit]) == 0;
        if (!isReloaded || !isDone)
            machine.Say("systemd didn't do it all", $"systemctl status {AuditService.DaemonUnit}");
        RemoveMergedRules(machine);
        if (!hasOther)
            machine.Print("the trail stays, and the kernel audits on by the rules it holds until the next boot, for its own log: auditctl -D and auditctl -e 0 end that");
        return isReloaded && isDone;
    }

    // What augenrules made of the rule files: nobody's, where their directory went with ours.
    static void RemoveMergedRules(SetupMachine machine)
    {
        const string Merged = "/etc/audit/audit.rules";
        if (machine.KindOf("/etc/audit/rules.d") != FileKind.Missing)
            return;
        foreach (string path in new[] { Merged, Merged + ".prev" })
        {
            if (machine.Text(path)?.StartsWith("## This file is automatically generated", StringComparison.Ordinal) != true)
                continue;
            machine.Files.Remove(machine.PathOf(path));
            machine.Files.RemoveDirectory(machine.PathOf("/etc/audit"));
        }
    }

    static bool SayOwner(SetupMachine machine)
    {
        using IAuditKernel kernel = machine.Host.OpenAuditKernel();
        if (AuditOwner.Find(kernel.GetStatus()) is { } owner)
        {
            machine.Print($"verified: {owner} owns the kernel's audit");
            return true;
        }

        machine.Say("no daemon owns the kernel's audit", $"systemctl status {AuditService.DaemonUnit}");
        return false;
    }

    static IEnumerable<(string Name, byte[] Bytes)> Shipped() => typeof(ServiceSetup).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith("packaging/man/", StringComparison.Ordinal) || name.StartsWith("packaging/completion/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(name => (name["packaging/".Length..], PackagedBytes(name["packaging/".Length..])));

    static string Packaged(string name) => Encoding.UTF8.GetString(PackagedBytes(name));

    static byte[] PackagedBytes(string name)
    {
        using Stream stream = typeof(ServiceSetup).Assembly.GetManifestResourceStream("packaging/" + name)
            ?? throw new InvalidOperationException($"the program was built without {name}");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
