using System.Text;
using Akashi.Setup;
using Akashi.Testing;

namespace Akashi.Tests.Setup;

/// <summary>A setup that is killed at every step, and what comes after.</summary>
public class SetupTransactionTests
{
    const string Pam = "/etc/pam.d/sshd", Rules = "/etc/audit/rules.d/70-akashi-commands.rules", Unit = "/etc/systemd/system/wanted";

    readonly MemoryFiles _files = new();

    public SetupTransactionTests()
    {
        _files.Put(Pam, "session required pam_loginuid.so\n", uid: 7);
        _files.Put("/etc/systemd/keep", "x");
        _files.Put("/var/lib/other", "x");
    }

    [Fact]
    public void Changes_are_made_and_taken_back_whole()
    {
        string[] before = Snapshot();
        var transaction = new SetupTransaction(_files, "/", "commands");

        transaction.Apply(Plan(), "akashi setup commands", "run-1");
        Assert.Equal("rules\n", _files.Text(Rules));
        Assert.Equal("session required pam_loginuid.so\nnew\n", _files.Text(Pam));
        Assert.Equal(7u, _files.Look(Pam).Uid);
        Assert.Equal("/etc/audit", _files.Look(Unit).Target);
        Assert.Equal(["/etc/audit", "/etc/audit/rules.d", Rules, "/etc/systemd/system", Unit, Pam], transaction.Standing!.Entries.Select(entry => entry.Path));
        Assert.Empty(transaction.EditedSince());

        transaction.Undo();
        Assert.Equal(before, Snapshot());
        Assert.Null(transaction.Standing);
    }

    [Fact]
    public void A_kill_at_any_step_leaves_each_file_old_or_new_and_the_next_run_the_old_state()
    {
        string[] before = Snapshot();
        int steps = StepsOf(files => new SetupTransaction(files, "/", "commands").Apply(Plan(), "c", "r"));
        Assert.InRange(steps, 20, 80);
        int committed = 0;
        for (int killedAt = 0; killedAt < steps; killedAt++)
        {
            var test = new SetupTransactionTests();
            Kill(test._files, killedAt, files => new SetupTransaction(files, "/", "commands").Apply(test.Plan(), "c", "r"));
            test.AssertEachIsWhole(killedAt);

            var next = new SetupTransaction(test._files, "/", "commands");
            next.Recover();
            if (next.Standing is null)
                Assert.Equal(before, test.Snapshot());
            else
                committed++;
            Assert.Equal(next.Standing is not null, test._files.Text(Rules) == "rules\n");
            Assert.Null(next.Recover());

            next.Apply(test.Plan(), "c", "r2");
            next.Undo();
            Assert.Equal(before, test.Snapshot());
        }

        Assert.InRange(committed, 1, steps / 2);
    }

    [Fact]
    public void A_kill_while_a_recovery_runs_is_recovered_too()
    {
        string[] before = Snapshot();
        const int InTheMiddle = 25;
        var whole = new SetupTransactionTests();
        Kill(whole._files, InTheMiddle, files => new SetupTransaction(files, "/", "commands").Apply(whole.Plan(), "c", "r"));
        var counting = new InterruptedFiles(whole._files, int.MaxValue);
        new SetupTransaction(counting, "/", "commands").Recover();
        Assert.InRange(counting.Steps, 10, 60);
        for (int killedAt = 0; killedAt < counting.Steps; killedAt++)
        {
            var test = new SetupTransactionTests();
            Kill(test._files, InTheMiddle, files => new SetupTransaction(files, "/", "commands").Apply(test.Plan(), "c", "r"));
            Kill(test._files, killedAt, files => new SetupTransaction(files, "/", "commands").Recover());
            test.AssertEachIsWhole(killedAt);
            new SetupTransaction(test._files, "/", "commands").Recover();
            Assert.Equal(before, test.Snapshot());
        }
    }

    [Fact]
    public void A_kill_while_it_is_taken_back_leaves_what_the_next_run_finishes()
    {
        string[] before = Snapshot();
        var whole = new SetupTransactionTests();
        new SetupTransaction(whole._files, "/", "commands").Apply(whole.Plan(), "c", "r");
        var counting = new InterruptedFiles(whole._files, int.MaxValue);
        new SetupTransaction(counting, "/", "commands").Undo();
        for (int killedAt = 0; killedAt < counting.Steps; killedAt++)
        {
            var test = new SetupTransactionTests();
            new SetupTransaction(test._files, "/", "commands").Apply(test.Plan(), "c", "r");
            Kill(test._files, killedAt, files => new SetupTransaction(files, "/", "commands").Undo());
            test.AssertEachIsWhole(killedAt);

            var next = new SetupTransaction(test._files, "/", "commands");
            next.Recover();
            if (next.Standing is not null)
                next.Undo();
            Assert.Equal(before, test.Snapshot());
        }
    }

    [Fact]
    public void A_second_run_is_taken_back_to_what_was_there_before_the_first()
    {
        string[] before = Snapshot();
        var transaction = new SetupTransaction(_files, "/", "commands");
        transaction.Apply(Plan(), "first", "run-1");
        var plan = new SetupPlan("commands");
        plan.Add(new FileChange(Rules, _files.Look(Rules), FileState.File("other\n"u8.ToArray()), "rules"));
        transaction.Apply(plan, "second", "run-2");

        Assert.Equal("second", transaction.Standing!.Command);
        Assert.Equal("other\n", _files.Text(Rules));
        transaction.Undo();
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void An_edit_since_is_told_and_kept_by_a_recovery()
    {
        var transaction = new SetupTransaction(_files, "/", "commands");
        transaction.Apply(Plan(), "c", "r");
        _files.Put(Pam, "edited\n", uid: 7);
        Assert.Equal([Pam], transaction.EditedSince());

        var test = new SetupTransactionTests();
        int steps = StepsOf(files => new SetupTransaction(files, "/", "commands").Apply(test.Plan(), "c", "r"));
        Kill(test._files, steps - 8, files => new SetupTransaction(files, "/", "commands").Apply(test.Plan(), "c", "r"));
        Assert.Equal("rules\n", test._files.Text(Rules));
        test._files.Put(Pam, "edited\n", uid: 7);
        new SetupTransaction(test._files, "/", "commands").Recover();
        Assert.Equal("edited\n", test._files.Text(Pam));
        Assert.Null(test._files.Text(Rules));
    }

    [Fact]
    public void A_file_that_changed_between_plan_and_change_stops_it()
    {
        SetupPlan plan = Plan();
        _files.Put(Pam, "somebody else's\n");

        var refused = Assert.Throws<Akashi.Host.AuditException>(() => new SetupTransaction(_files, "/", "commands").Apply(plan, "c", "r"));
        Assert.Equal("/etc/pam.d/sshd was changed by somebody else meanwhile: nothing is changed", refused.Message);
        Assert.Null(_files.Text(Rules));
    }

    [Fact]
    public void Files_are_changed_and_changed_back_while_it_is_held_and_tried_while_it_is_not()
    {
        var held = new List<IDisposable>();
        int taken = 0, changed = 0;
        string? tried = null;
        string[] before = Snapshot();

        Assert.False(Transaction().Apply(Plan(), "c", "r", () =>
        {
            Assert.Empty(held);
            tried = _files.Text(Pam);
            return false;
        }));
        Assert.Equal("session required pam_loginuid.so\nnew\n", tried);
        Assert.Equal(2, taken);
        Assert.Equal(before, Snapshot());

        int steps = StepsOf(files => new SetupTransaction(files, "/", "commands").Apply(Plan(), "c", "r"));
        Assert.Throws<InterruptedFiles.Killed>(() => Transaction(steps - 8).Apply(Plan(), "c", "r"));
        Assert.Equal("rules\n", _files.Text(Rules));
        Transaction().Recover();
        Assert.Equal(4, taken);
        Assert.Equal(before, Snapshot());

        Assert.True(Transaction().Apply(Plan(), "c", "r"));
        Transaction().Undo();
        Assert.Equal(6, taken);
        Assert.Equal(before, Snapshot());
        Assert.Empty(held);
        Assert.InRange(changed, 20, 200);

        SetupTransaction Transaction(int stepsMax = int.MaxValue) => new(
            new InterruptedFiles(_files, stepsMax)
            {
                Changing = path =>
                {
                    if (path.StartsWith("/var/lib/akashi", StringComparison.Ordinal))
                        return;
                    changed++;
                    Assert.Single(held);
                },
            }, "/", "commands", hold: Take);

        IDisposable Take()
        {
            taken++;
            var hold = new Hold(held.Clear);
            held.Add(hold);
            return hold;
        }
    }

    [Fact]
    public void What_cannot_be_changed_back_is_said_and_recovered_by_the_next_run()
    {
        string[] before = Snapshot();
        bool isTaken = false;
        var transaction = new SetupTransaction(_files, "/", "commands", hold: () => isTaken ? throw new Akashi.Host.AuditException("another program changes accounts") : new MemoryStream());

        var refused = Assert.Throws<Akashi.Host.AuditException>(() => transaction.Apply(Plan(), "c", "r", () =>
        {
            isTaken = true;
            return false;
        }));
        Assert.Equal(
            "what was changed is no good, and can't be changed back now, the next akashi setup commands does it first: another program changes accounts", refused.Message);

        isTaken = false;
        Assert.NotNull(transaction.Recover());
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void A_journal_that_was_cut_short_or_forged_is_none()
    {
        var journal = new SetupJournal("r 1", "akashi setup files '/a b'", [new JournalEntry("/a b%", new StateMark("missing"), "before-1", new StateMark("directory"))]);
        byte[] bytes = journal.ToBytes();
        Assert.True(SetupJournal.TryParse(bytes, out SetupJournal read));
        Assert.Equal(("r 1", "akashi setup files '/a b'", "/a b%"), (read.Run, read.Command, read.Entries.Single().Path));

        for (int length = 0; length < bytes.Length; length++)
            Assert.False(SetupJournal.TryParse(bytes.AsSpan(0, length), out _));
        string text = Encoding.UTF8.GetString(bytes);
        Assert.False(SetupJournal.TryParse(Encoding.UTF8.GetBytes(text.Replace("before-1", "../../etc/shadow")), out _));
    }

    [Theory]
    [InlineData("/../evil-outside")]
    [InlineData("/etc/../../evil")]
    [InlineData("/etc/./x")]
    [InlineData("/etc//x")]
    [InlineData("/etc/x/")]
    [InlineData("/etc/a\u001Bb")]
    [InlineData("/")]
    [InlineData("etc/x")]
    public void A_journal_of_a_path_that_leads_elsewhere_is_none(string path)
    {
        var entry = new JournalEntry(path, new StateMark("missing"), "", new StateMark("missing"));
        Assert.False(SetupJournal.TryParse(new SetupJournal("r", "c", [entry]).ToBytes(), out _));
        Assert.True(SetupJournal.TryParse(new SetupJournal("r", "c", [entry with { Path = "/etc/x" }]).ToBytes(), out _));
    }

    [Fact]
    public void No_path_leads_above_the_root()
    {
        Assert.Equal("/image/etc/a..b", SetupPath.Below("/image/", "/etc/a..b"));
        foreach (string path in new[] { "/..", "/../x", "/a/../x", "/a/..", "a", "", "/a\0b" })
            Assert.Throws<Akashi.Host.AuditException>(() => SetupPath.Below("/image", path));
    }

    [Fact]
    public void A_journal_of_files_that_the_setup_never_changes_is_refused_and_one_of_its_own_is_shown()
    {
        Forge("/etc/shadow", UnixFileMode.UserRead);
        var transaction = new SetupTransaction(_files, "/", "commands", path => path == Rules);
        string text = "akashi setup commands never changes /etc/shadow, it is forged";
        Assert.Contains(text, Assert.Throws<Akashi.Host.AuditException>(() => transaction.PlanRecovery()).Message);
        Assert.Contains(text, Assert.Throws<Akashi.Host.AuditException>(() => transaction.Recover()).Message);
        Assert.Null(_files.Text("/etc/shadow"));
    }

    [Fact]
    public void A_journal_gives_no_file_rights_of_its_owner()
    {
        Forge(Rules, UnixFileMode.UserRead | UnixFileMode.OtherExecute | UnixFileMode.SetUser | UnixFileMode.SetGroup | UnixFileMode.StickyBit);
        var transaction = new SetupTransaction(_files, "/", "commands");
        FileChange shown = Assert.Single(transaction.PlanRecovery()!);
        Assert.Equal((Rules, UnixFileMode.UserRead | UnixFileMode.OtherExecute), (shown.Path, shown.After.Mode));
        transaction.Recover();
        Assert.Equal("evil", _files.Text(Rules));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.OtherExecute, _files.Look(Rules).Mode);
        Assert.Null(transaction.PlanRecovery());
    }

    sealed class Hold(Action ended) : IDisposable
    {
        public void Dispose() => ended();
    }

    void Forge(string path, UnixFileMode mode)
    {
        const string Place = "/var/lib/akashi/setup/commands";
        var kept = FileState.File("evil"u8.ToArray(), mode);
        var journal = new SetupJournal("r", "c", [new JournalEntry(path, StateMark.Of(kept), "before-1", new StateMark("missing"))]);
        _files.Put($"{Place}/x", "x");
        _files.Put("/etc/audit/rules.d/x", "x");
        _files.WriteNew($"{Place}/before-1", kept, null);
        _files.WriteNew($"{Place}/pending", FileState.File(journal.ToBytes()), null);
    }

    SetupPlan Plan()
    {
        var plan = new SetupPlan("commands");
        plan.Add(new FileChange(Rules, _files.Look(Rules), FileState.File("rules\n"u8.ToArray()), "rules"));
        plan.Add(new FileChange(Unit, _files.Look(Unit), FileState.Link("/etc/audit"), "enabled"));
        plan.Add(new FileChange(Pam, _files.Look(Pam), _files.Look(Pam).WithBytes("session required pam_loginuid.so\nnew\n"u8.ToArray()), "keystrokes"));
        return plan;
    }

    int StepsOf(Action<ISetupFiles> act)
    {
        var counting = new InterruptedFiles(new SetupTransactionTests()._files, int.MaxValue);
        act(counting);
        return counting.Steps;
    }

    static void Kill(MemoryFiles files, int at, Action<ISetupFiles> act) =>
        Assert.Throws<InterruptedFiles.Killed>(() => act(new InterruptedFiles(files, at)));

    void AssertEachIsWhole(int killedAt)
    {
        Assert.True(_files.Text(Rules) is null or "rules\n", $"{killedAt}: {_files.Text(Rules)}");
        Assert.True(_files.Text(Pam) is "session required pam_loginuid.so\n" or "session required pam_loginuid.so\nnew\n", $"{killedAt}: {_files.Text(Pam)}");
        Assert.Equal(7u, _files.Look(Pam).Uid);
        Assert.Contains(_files.Look(Unit).Target, new[] { "", "/etc/audit" });
    }

    // The journal's own directory stays.
    string[] Snapshot() => [.. _files.All.Where(file => !file.Path.StartsWith("/var/lib/akashi"))
        .Select(file => $"{file.Path} {StateMark.Of(file.State).Text}")];
}
