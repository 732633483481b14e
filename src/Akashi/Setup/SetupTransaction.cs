using Akashi.Host;

namespace Akashi.Setup;

/// <summary>Makes the changes of a plan so that an interruption at any point leaves the old state or the new one, and takes them back.</summary>
/// <remarks>
/// <code>
/// keep     what stands in each file is copied into the journal's directory
/// pending  says what is about to change, and what stood there before this run
/// change   each file: written beside itself, flushed, renamed over itself, the directory flushed
/// journal  is written: from here on the changes stand
/// clean    pending goes, copies that nothing names go
/// </code>
/// Whoever comes next calls <see cref="Recover"/> first: a pending run without its journal is taken back, an undo that was begun is finished.
/// Every file is at every moment its old content or its new one, whole.
/// </remarks>
/// <param name="files">The files.</param>
/// <param name="root">The root directory; <c>/</c> for this machine.</param>
/// <param name="name">The setup.</param>
/// <param name="mayWrite">Whether that setup changes files of such a path; null for any.</param>
/// <param name="hold">Takes what is held while files are changed, and while they are changed back, so that other programs don't; null for nothing.</param>
public sealed class SetupTransaction(ISetupFiles files, string root, string name, Func<string, bool>? mayWrite = null, Func<IDisposable>? hold = null)
{
    // Rights that a program has beyond those of who starts it: no journal, which may be forged, gives them.
    const UnixFileMode NeverRestored = UnixFileMode.SetUser | UnixFileMode.SetGroup | UnixFileMode.StickyBit;

    readonly SetupJournals _journals = new(files, root, name, mayWrite);

    /// <summary>What was done and stands; null for nothing.</summary>
    public SetupJournal? Standing => _journals.Read(SetupJournals.Journal);

    /// <summary>Makes the changes.</summary>
    /// <param name="plan">The plan; without errors.</param>
    /// <param name="command">What was typed.</param>
    /// <param name="run">A word that no other run has.</param>
    /// <param name="isGood">Tries what was changed, before it stands; null for nothing to try. An interruption meanwhile is one of the whole run.</param>
    /// <returns>False where it's no good: everything is changed back.</returns>
    /// <exception cref="AuditException">The machine refuses; what was changed is changed back.</exception>
    public bool Apply(SetupPlan plan, string command, string run, Func<bool>? isGood = null)
    {
        if (plan.Diagnostics.HasErrors)
            throw new ArgumentException("a plan with errors can't be made", nameof(plan));
        List<JournalEntry> entries = Change(plan, command, run);
        try
        {
            // What it's tried by may need what others hold: nothing is held meanwhile.
            if (isGood?.Invoke() == false)
            {
                ChangeBack();
                return false;
            }
        }
        catch (AuditException)
        {
            ChangeBack();
            throw;
        }

        _journals.Write(SetupJournals.Journal, new SetupJournal(run, command, Merge(entries)));
        _journals.Remove(SetupJournals.Pending);
        _journals.Sweep();
        return true;
    }

    /// <summary>Takes back what a run that was interrupted did, or finishes an undo that was.</summary>
    /// <returns>What was done, in words; null for nothing.</returns>
    public string? Recover()
    {
        if (_journals.Read(SetupJournals.Undoing) is { } undoing)
        {
            using IDisposable? held = hold?.Invoke();
            TakeBack(undoing, keepsEdits: false);
            Forget();
            return $"an undo of '{undoing.Command}' had been interrupted: it is finished now";
        }

        if (_journals.Read(SetupJournals.Pending) is not { } pending)
            return null;
        bool isCommitted = Standing?.Run == pending.Run;
        if (isCommitted)
        {
            Settle();
        }
        else
        {
            using IDisposable? held = hold?.Invoke();
            TakeBackPending(pending);
        }

        return isCommitted ? null : $"'{pending.Command}' had been interrupted: everything is back to what it was before";
    }

    /// <summary>What <see cref="Recover"/> would change; null where nothing was interrupted.</summary>
    /// <exception cref="AuditException">A journal is none, or a kept copy is gone.</exception>
    public IReadOnlyList<FileChange>? PlanRecovery()
    {
        SetupJournal? undoing = _journals.Read(SetupJournals.Undoing), unfinished = undoing ?? _journals.Read(SetupJournals.Pending);
        if (unfinished is null || (undoing is null && Standing?.Run == unfinished.Run))
            return null;
        return [.. unfinished.Entries.Reverse().Where(entry => IsTakenBack(entry, Look(entry.Path), keepsEdits: undoing is null))
            .Select(entry => PlanTakingBack(entry, "as it was before what was interrupted"))];
    }

    /// <summary>The files that a setup changed and somebody edited since: an undo would lose that.</summary>
    public IReadOnlyList<string> EditedSince()
    {
        IEnumerable<JournalEntry> entries = Standing?.Entries ?? [];
        return [.. entries.Where(entry => !IsTold(entry)).Select(entry => entry.Path)];
    }

    /// <summary>What an undo would change.</summary>
    /// <exception cref="AuditException">Nothing was set up, or a kept copy is gone.</exception>
    public IReadOnlyList<FileChange> PlanUndo()
    {
        SetupJournal journal = Standing ?? throw new AuditException($"nothing of 'akashi setup {name}' is there to undo");
        return [.. journal.Entries.Reverse().Where(entry => entry.Before.Text != "directory")
            .Select(entry => PlanTakingBack(entry, "as it was before"))
            .Where(change => change.IsChange && change.Before.Kind != FileStateKind.Directory)];
    }

    /// <summary>Takes everything back that the setup did since there was nothing of it.</summary>
    public void Undo()
    {
        SetupJournal journal = Standing ?? throw new AuditException($"nothing of 'akashi setup {name}' is there to undo");
        using IDisposable? held = hold?.Invoke();
        _journals.Write(SetupJournals.Undoing, journal);
        TakeBack(journal, keepsEdits: false);
        Forget();
    }

    // Compared and changed in one hold: what others do in between would be lost.
    List<JournalEntry> Change(SetupPlan plan, string command, string run)
    {
        using IDisposable? held = hold?.Invoke();
        _journals.Make();
        List<FileChange> changes = WithParents(plan.Changes);
        CheckUnchanged(changes);
        List<JournalEntry> entries = [.. changes.Select(change => new JournalEntry(
            change.Path, StateMark.Of(change.Before),
            change.Before.Kind == FileStateKind.File ? _journals.Keep(change.Before) : "", StateMark.Of(change.After))
            { MadeName = change is { IsShared: true, Before.Kind: FileStateKind.File } ? _journals.Keep(change.After) : "" })];
        var pending = new SetupJournal(run, command, entries);
        _journals.Write(SetupJournals.Pending, pending);
        try
        {
            foreach (FileChange change in changes)
                Put(change.Path, change.After);
        }
        catch (AuditException)
        {
            TakeBackPending(pending);
            throw;
        }

        return entries;
    }

    void ChangeBack()
    {
        try
        {
            Recover();
        }
        catch (AuditException exception)
        {
            throw new AuditException($"what was changed is no good, and can't be changed back now, the next akashi setup {name} does it first: {exception.Message}", exception);
        }
    }

    void TakeBackPending(SetupJournal pending)
    {
        TakeBack(pending, keepsEdits: true);
        Settle();
    }

    void Settle()
    {
        _journals.Remove(SetupJournals.Pending);
        _journals.Sweep();
        RemoveEmptied();
    }

    // Directories that aren't there become changes of their own, before the file that needs them.
    List<FileChange> WithParents(IReadOnlyList<FileChange> changes)
    {
        const UnixFileMode ForAll = (UnixFileMode)0b111_101_101;
        var all = new List<FileChange>();
        var known = new HashSet<string>();
        foreach (FileChange change in changes)
        {
            foreach (string parent in SetupPath.Parents(change.Path))
            {
                if (known.Add(parent) && Look(parent).Kind == FileStateKind.Missing)
                    all.Add(new FileChange(parent, FileState.Missing, FileState.Directory(ForAll), change.Reason));
            }

            if (known.Add(change.Path))
                all.Add(change);
        }

        return all;
    }

    void CheckUnchanged(List<FileChange> changes)
    {
        foreach (FileChange change in changes)
        {
            if (Look(change.Path) != change.Before)
                throw new AuditException($"{change.Path} was changed by somebody else meanwhile: nothing is changed");
        }
    }

    // What stood there before the first run counts, where that run's content still stood when this one began.
    List<JournalEntry> Merge(List<JournalEntry> entries)
    {
        IReadOnlyList<JournalEntry> older = Standing?.Entries ?? [];
        var merged = new List<JournalEntry>();
        foreach (JournalEntry old in older)
        {
            JournalEntry? now = entries.Find(entry => entry.Path == old.Path);
            merged.Add(now is null ? old
                : now.Before == old.After ? old with { After = now.After, MadeName = now.MadeName }
                : old.IsShared && now.IsShared ? MergeShared(old, now)
                : now);
        }

        merged.AddRange(entries.Where(entry => older.All(old => old.Path != entry.Path)));
        return merged;
    }

    // Others changed lines between two runs: what stood there before, had our first run not been, is what goes back.
    JournalEntry MergeShared(JournalEntry old, JournalEntry now)
    {
        FileState between = _journals.ReadBackup(now);
        byte[] bytes = SharedLines.TakeBack(_journals.ReadBackup(old).Bytes, _journals.ReadMade(old).Bytes, between.Bytes);
        FileState before = between with { Bytes = bytes };
        return now with { Before = StateMark.Of(before), BackupName = _journals.Keep(before) };
    }

    // What somebody edited after an interruption is theirs: only what the run itself put there is taken back.
    void TakeBack(SetupJournal journal, bool keepsEdits)
    {
        foreach (JournalEntry entry in journal.Entries.Reverse())
        {
            files.Remove(SetupPath.Interim(PathOf(entry.Path)));
            FileState now = Look(entry.Path);
            if (entry.IsMadeDirectory)
                files.RemoveDirectory(PathOf(entry.Path));
            else if (IsTakenBack(entry, now, keepsEdits))
                Put(entry.Path, BeforeOf(entry, now));
        }
    }

    static bool IsTakenBack(JournalEntry entry, FileState now, bool keepsEdits) =>
        !entry.IsMadeDirectory && !entry.Before.Is(now) && (!keepsEdits || entry.IsShared || entry.After.Is(now));

    FileState BeforeOf(JournalEntry entry, FileState now)
    {
        if (entry.BackupName.Length > 0)
        {
            FileState kept = _journals.ReadBackup(entry);
            if (entry.IsShared && now.Kind == FileStateKind.File)
                kept = now with { Bytes = SharedLines.TakeBack(kept.Bytes, _journals.ReadMade(entry).Bytes, now.Bytes) };
            return kept with { Mode = kept.Mode & ~NeverRestored };
        }

        const string Link = "link ";
        return entry.Before.Text.StartsWith(Link, StringComparison.Ordinal) && JournalText.TryUnescape(entry.Before.Text[Link.Length..], out string target)
            ? FileState.Link(target)
            : FileState.Missing;
    }

    FileChange PlanTakingBack(JournalEntry entry, string reason)
    {
        FileState now = Look(entry.Path);
        return new FileChange(entry.Path, now, BeforeOf(entry, now), reason);
    }

    bool IsTold(JournalEntry entry)
    {
        FileState now = Look(entry.Path);
        return entry.IsShared || entry.After.Is(now) || entry.Before.Is(now);
    }

    void Put(string logicalPath, FileState state)
    {
        string path = PathOf(logicalPath), interim = SetupPath.Interim(path);
        string directory = path[..Math.Max(path.LastIndexOf('/'), 1)];
        if (state.Kind == FileStateKind.Directory)
        {
            files.MakeDirectory(path, state.Mode);
            return;
        }

        files.Remove(interim);
        if (state.Kind == FileStateKind.Missing)
        {
            files.Remove(path);
        }
        else
        {
            if (state.Kind == FileStateKind.Link)
                files.MakeLink(interim, state.Target);
            else if (state.OtherName is { } other)
                files.MakeName(interim, PathOf(other));
            else
                files.WriteNew(interim, state, like: path);
            files.Rename(interim, path);
        }

        files.FlushDirectory(directory);
    }

    void Forget()
    {
        _journals.Remove(SetupJournals.Journal);
        _journals.Remove(SetupJournals.Pending);
        _journals.Remove(SetupJournals.Undoing);
        _journals.Sweep();
        RemoveEmptied();
    }

    // The journal's directory and those above it, where nothing else of ours is there.
    void RemoveEmptied()
    {
        foreach (string directory in SetupPath.Parents($"{SetupJournals.Place}/{name}/journal").Reverse().TakeWhile(path => path.Contains("/akashi", StringComparison.Ordinal)))
            files.RemoveDirectory(PathOf(directory));
    }

    FileState Look(string path) => files.Look(PathOf(path));

    string PathOf(string path) => SetupPath.Below(root, path);
}
