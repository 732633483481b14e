using System.Text;
using Akashi.Host;
using Akashi.Setup;

namespace Akashi.Cli.SetupCommands;

/// <summary><c>akashi setup files PATH…</c>.</summary>
static class FilesSetup
{
    public static SetupKind Kind { get; } = new(
        "files", "PATH...", "records what is done to files and directories; paths are added to those of earlier runs", SetupOptions.OfFiles, Plan, Finish)
    {
        FindMissing = FindMissing,
    };

    // Below --root a path is as that machine names it: there is no current directory there.
    static (string, string)? FindMissing(SetupOptions typed)
    {
        if (typed.Operands.Count == 0)
            return ("which files: no path is given", $"akashi setup files{SetupOptions.RootOptionOf(typed.Root)} /etc/passwd /etc/security");
        return typed.Root != "/" && typed.Operands.FirstOrDefault(path => !path.StartsWith('/')) is { } relative
            ? ($"'{relative}' is not absolute: --root needs paths as that machine names them", $"akashi setup files{SetupOptions.RootOptionOf(typed.Root)} /etc/passwd")
            : null;
    }

    static SetupPlan Plan(SetupMachine machine, SetupOptions typed)
    {
        var plan = new SetupPlan(Kind.Name);
        var paths = new List<WatchedPath>();
        foreach (string word in typed.Operands)
        {
            if (Find(machine, word, plan) is not { } found)
                continue;
            paths.Add(found);
            if (machine.Mounts.FindVolatile(found.Path) is { } place)
                plan.Warn(SetupMessage.PathVolatile, $"'{found.Path}': what is in {place} is gone at the next boot, and where its directory is gone too the rule isn't loaded then",
                    "akashi rules load loads it again when the directory is there");
        }

        if (plan.Diagnostics.HasErrors)
            return plan;
        FileState before = machine.Look(FileRules.Path);
        string? text = before.Kind == FileStateKind.File ? Encoding.UTF8.GetString(before.Bytes) : null;
        string made = FileRules.Add(text, paths, typed.Permissions, typed.Key, machine.Machine);
        plan.Add(new FileChange(FileRules.Path, before, before.WithBytes(Encoding.UTF8.GetBytes(made)), $"records accesses: {typed.Permissions}"));
        BootRules.NoteIfNothingLoads(machine, plan);
        return plan;
    }

    static WatchedPath? Find(SetupMachine machine, string word, SetupPlan plan)
    {
        string path = machine.IsThis ? Path.GetFullPath(word) : word;
        if (FileRules.WhyNoName(path) is { } why)
            plan.Refuse(SetupMessage.PathUnusable, $"'{path}': {why}");
        else if (machine.Resolve(path) is { } resolved)
            return FindResolved(machine, path, resolved, plan);
        else if (machine.Resolve(Path.GetDirectoryName(path.TrimEnd('/'))!) is not { } parent)
            plan.Refuse(SetupMessage.PathParentMissing, $"'{path}': its directory isn't there either, the kernel can't watch it", "make the directory first");
        else
            return NoteMissing(plan, $"{parent.TrimEnd('/')}/{Path.GetFileName(path.TrimEnd('/'))}");
        return null;
    }

    static WatchedPath? FindResolved(SetupMachine machine, string path, string resolved, SetupPlan plan)
    {
        if (FileRules.WhyUnusable(resolved) is { } why)
        {
            plan.Refuse(SetupMessage.PathUnusable, $"'{resolved}': {why}");
            return null;
        }

        if (resolved != path.TrimEnd('/'))
            plan.Note(SetupMessage.PathIsLink, $"{path} leads to {resolved}: that is watched, as a rule on a link never fires");
        return new WatchedPath(resolved, machine.KindOf(resolved) == FileKind.Directory);
    }

    static WatchedPath? NoteMissing(SetupPlan plan, string path)
    {
        if (FileRules.WhyUnusable(path) is { } why)
        {
            plan.Refuse(SetupMessage.PathUnusable, $"'{path}': {why}");
            return null;
        }

        plan.Note(SetupMessage.PathUnusable, $"{path} isn't there yet: it's watched as a file from when it is made");
        return new WatchedPath(path, IsDirectory: false);
    }

    static bool Finish(SetupMachine machine, SetupOptions typed, SetupOutcome outcome)
    {
        if (!KernelLoad.Load(machine, FileRules.Path, outcome))
            return false;
        if (outcome.IsUndo)
            return true;
        string[] paths = [.. typed.Operands.Select(word => machine.Resolve(Path.GetFullPath(word))).OfType<string>().Distinct()];
        foreach (string path in paths)
            machine.Print(SetupProbe.VerifyAccess(machine, path, typed.Permissions, typed.Key));
        machine.Print($"see it: ausearch -i -k {typed.Key}");
        return true;
    }
}
