using System.Globalization;
using Akashi.Diagnostics;
using Akashi.Host;
using Akashi.Linux.Files;
using Akashi.Setup;

namespace Akashi.Cli.SetupCommands;

/// <summary>One run of a setup: finishes what was interrupted, plans, shows, asks, changes, and does what follows.</summary>
/// <param name="kind">The setup.</param>
/// <param name="typed">What was typed.</param>
/// <param name="machine">The machine.</param>
/// <param name="isReaderLost">Whether what was shown could not be written.</param>
sealed class SetupRun(SetupKind kind, SetupOptions typed, SetupMachine machine, Func<bool> isReaderLost)
{
    const int Refused = 1;
    const int NotAgreed = 3;
    const string LockPath = "/run/akashi-setup.lock";

    readonly SetupTransaction _transaction = new(machine.Files, machine.Root, kind.Name, path => SetupReach.MayWrite(kind.Name, path, machine), machine.IsThis ? kind.Hold : null);

    /// <summary>Runs.</summary>
    /// <returns>The exit code.</returns>
    public int Run()
    {
        if (typed.IsDryRun)
            return typed.IsUndo ? Undo() : SetUp();
        if (machine.IsThis && machine.Host.Process.Uid != 0)
        {
            machine.Say("only root can change these files", $"sudo akashi setup {kind.Name} …; --dry-run shows what would change");
            return Refused;
        }

        using FileLock held = TakeLock();
        if (!machine.IsThis && WhyRecoveryNotAgreed() is { } exitCode)
            return exitCode;
        if (_transaction.Recover() is { } recovered)
            machine.Say(recovered);
        return typed.IsUndo ? Undo() : SetUp();
    }

    // An image's journal is the word of whoever made the image: what it would have us write is shown first.
    int? WhyRecoveryNotAgreed()
    {
        if (_transaction.PlanRecovery() is not { } changes)
            return null;
        machine.Say($"an 'akashi setup {kind.Name}' was interrupted in {machine.Root}, says its journal: this takes it back first");
        Show(changes);
        return WhyNotAgreed();
    }

    // Two at once would each plan on what the other is about to change. An image's lock is its root directory, whatever name it's called by: nothing is left in it,
    // and no link in it leads elsewhere.
    FileLock TakeLock() => (machine.IsThis ? FileLock.TryTake(LockPath, out FileLock? taken) : FileLock.TryTakeDirectory(machine.Root, out taken))
        ? taken
        : throw new AuditException($"another akashi setup runs: it holds {(machine.IsThis ? LockPath : machine.Root)}{(LockHolder.Find(machine.IsThis ? LockPath : machine.Root) is { } holder ? $", {holder}" : "")}");

    int SetUp()
    {
        SetupPlan plan = kind.Plan(machine, typed);
        if (!plan.Diagnostics.HasErrors)
            Show(plan.Changes);

        // What is to be known stands where it's read: behind all that was shown, before the question.
        foreach (Diagnostic diagnostic in plan.Diagnostics.All)
            Say(diagnostic);
        if (plan.Diagnostics.HasErrors)
            return Refused;
        if (plan.Changes.Count == 0)
        {
            machine.Print($"nothing to change: akashi setup {kind.Name} is done already");
            return typed.IsDryRun ? 0 : Finish([], isUndo: false);
        }

        if (typed.IsDryRun)
            return 0;
        if (WhyNotAgreed() is { } exitCode)
            return exitCode;
        if (machine.IsThis && new PamTrial(machine).FindFault(plan.Changes, typed.Users) is { } fault)
        {
            machine.Say(fault, "nothing is changed");
            return Refused;
        }

        if (machine.IsThis && kind.TryBefore(machine, typed) is { } untried)
        {
            machine.Say(untried, "nothing is changed");
            return Refused;
        }

        string run = $"{machine.Host.Clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}-{Environment.ProcessId}";
        if (!Apply(plan, $"akashi setup {string.Join(' ', machine.Invocation.Arguments)}", run))
            return Refused;
        machine.Print($"changed: {string.Join(", ", plan.Changes.Where(change => change.After.Kind != FileStateKind.Directory).Select(change => change.Path).Take(6))}"
            + (plan.Changes.Count > 6 ? ", …" : ""));
        return Finish(plan.Changes, isUndo: false);
    }

    bool Apply(SetupPlan plan, string command, string run)
    {
        string? fault = null;
        bool isApplied = _transaction.Apply(plan, command, run, () =>
        {
            fault = machine.IsThis ? kind.TryAfter?.Invoke(machine, typed) : null;
            return fault is null;
        });
        if (isApplied)
            return true;
        machine.Say(fault!, "everything is back to what it was before");
        kind.Finish(machine, typed, new SetupOutcome(plan.Changes, IsUndo: true));
        return false;
    }

    int Undo()
    {
        if (_transaction.Standing is null)
        {
            machine.Say($"nothing of 'akashi setup {kind.Name}' is there to undo");
            return Refused;
        }

        IReadOnlyList<string> edited = _transaction.EditedSince();
        IReadOnlyList<FileChange> changes = _transaction.PlanUndo();
        Show(changes);
        if (edited.Count > 0 && !typed.IsForced)
        {
            machine.Say($"edited since: {string.Join(", ", edited)}", "edit by hand, or --undo --force to have everything as it was before: the edits are lost");
            return Refused;
        }

        Action? keep = kind.Forewarn(machine, changes);
        if (typed.IsDryRun)
            return 0;
        if (WhyNotAgreed() is { } exitCode)
            return exitCode;
        keep?.Invoke();
        _transaction.Undo();
        machine.Print($"akashi setup {kind.Name} is undone");
        return Finish(changes, isUndo: true);
    }

    int Finish(IReadOnlyList<FileChange> changes, bool isUndo)
    {
        if (!machine.IsThis)
        {
            machine.Print($"{machine.Root} is no running machine: nothing is loaded, started or verified");
            return 0;
        }

        if (kind.Finish(machine, typed, new SetupOutcome(changes, isUndo)))
            return 0;
        if (changes.Count > 0 && !isUndo)
            machine.Say("the files stay changed", $"akashi setup {kind.Name}{machine.RootOption} --undo takes them back");
        return Refused;
    }

    void Show(IReadOnlyList<FileChange> changes) => new ChangeListing(machine).Show(changes);

    // Null where it's agreed to; else the exit code. Nobody agrees to what nobody could read.
    int? WhyNotAgreed()
    {
        if (typed.IsAgreed)
            return null;
        if (isReaderLost())
            return RefuseUnread();
        if (machine.Invocation.InputKind != FileKind.Terminal)
        {
            machine.Say("nobody is there to ask: standard input is no terminal", "--yes does it without asking, --dry-run only shows it");
            return NotAgreed;
        }

        machine.Print("Do this? [y/N]");
        machine.Flush();
        if (isReaderLost())
            return RefuseUnread();
        try
        {
            using var input = new StreamReader(machine.Invocation.Input, leaveOpen: true);
            if (input.ReadLine()?.Trim() is "y" or "Y" or "yes")
                return null;
            machine.Print("not agreed to (y or yes is): nothing was done");
            return NotAgreed;
        }
        catch (IOException)
        {
            return RefuseUnread();
        }
    }

    int RefuseUnread()
    {
        machine.Say("who should read and answer this went away: nothing was done", "--yes does it without asking");
        return Refused;
    }

    void Say(Diagnostic diagnostic)
    {
        string word = diagnostic.Severity switch
        {
            Severity.Note => "note: ",
            Severity.Warning => "warning: ",
            _ => "",
        };
        machine.Say(word + diagnostic.Text, diagnostic.Hint);
    }
}
