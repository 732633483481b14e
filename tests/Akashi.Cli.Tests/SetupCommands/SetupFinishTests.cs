using System.Text;
using Akashi.Cli.SetupCommands;
using Akashi.Host;
using Akashi.Output;
using Akashi.Rules;
using Akashi.Setup;
using Akashi.Tables;
using Akashi.Testing;

namespace Akashi.Cli.Tests.SetupCommands;

/// <summary>What follows when files were changed: the kernel's rules, systemd's units.</summary>
public sealed class SetupFinishTests : IDisposable
{
    const string Path = CommandRules.Path;
    const string Other = "-a always,exit -F arch=b64 -S mount -F key=other";
    const string Shota = "-a always,exit -F arch=b64 -S execve -F auid=1000 -F key=shota_command";
    const string Root = "-a always,exit -F arch=b64 -S execve -F auid=0 -F key=root_command";

    readonly TemporaryFolder _root = new();
    readonly ScriptedHost _host = new();
    readonly MemoryStream _error = new(), _output = new();
    readonly List<string> _programs = [];
    readonly Dictionary<string, int> _exitCodes = [];

    public void Dispose() => _root.Dispose();

    [Fact]
    public void The_kernel_gets_what_the_file_says_and_loses_what_it_said_before()
    {
        Hold(Other);
        Assert.True(Load(before: "", after: $"## shota\n{Shota}\n"));
        Assert.Equal([Other, Shota], Held());

        Assert.True(Load(before: Shota + "\n", after: Root + "\n"));
        Assert.Equal([Other, Root], Held());

        Assert.True(Load(before: Root + "\n", after: "", isUndo: true));
        Assert.Equal([Other], Held());
    }

    [Fact]
    public void A_rule_that_is_not_loaded_any_more_need_not_be_taken_away()
    {
        Assert.True(Load(before: Shota + "\n", after: Root + "\n"));
        Assert.Equal([Root], Held());
    }

    // 70 was loaded before 43 was made: a start of su by shota would be found under shota_command until the next boot, and under privileged from then on.
    [Fact]
    public void The_kernel_holds_what_boot_loads_in_the_order_of_boot()
    {
        const string Su = "-a always,exit -F arch=b64 -S execve,execveat -F path=/bin/su -F perm=x -F key=privileged";
        const string Privilege = "/etc/audit/rules.d/43-akashi-privilege.rules";
        Put("/etc/audit/rules.d/10-base.rules", "-D\n-b 8192\n");
        Hold(Other);

        Assert.True(Load(before: "", after: Shota + "\n"));
        Put(Privilege, Su + "\n");
        Assert.True(With(machine => KernelLoad.Load(machine, Privilege, new SetupOutcome([new FileChange(Privilege, FileState.Missing, machine.Look(Privilege), "")], IsUndo: false))));
        Assert.Equal([Su, Shota], Held());
        Assert.Equal(8192u, _host.Kernel.Status.BacklogLimit);

        // The same without -D: who loads rules of his own keeps them.
        _host.Kernel.DeleteRule(_host.Kernel.Rules[0]);
        Put("/etc/audit/rules.d/10-base.rules", "-b 8192\n");
        Hold(Other);
        Assert.True(Load(before: Shota + "\n", after: Shota + "\n"));
        Assert.Equal([Shota, Su, Other], Held().Order(StringComparer.Ordinal));
        Assert.True(Array.IndexOf(Held(), Su) < Array.IndexOf(Held(), Shota));
    }

    [Fact]
    public void What_can_not_be_taken_back_is_left_to_the_boot()
    {
        Put("/etc/audit/rules.d/99-lock.rules", "--loginuid-immutable\n-e 2\n");

        Assert.True(Load(before: "", after: Shota + "\n"));
        Assert.Equal((1u, 0u), (_host.Kernel.Status.Enabled, _host.Kernel.Features.Lock));
        Assert.Contains("left to the next boot: -e 2, which can't be taken back before it\n", Encoding.UTF8.GetString(_output.ToArray()));
    }

    [Fact]
    public void An_error_in_another_file_leaves_its_rules_and_the_changed_file_is_loaded_alone()
    {
        Put("/etc/audit/rules.d/10-base.rules", "-D\n-a always,exit -S opne -F key=typo\n");
        Hold(Other);

        Assert.True(Load(before: "", after: Shota + "\n"));
        Assert.Equal([Other, Shota], Held());
        Assert.Contains("10-base.rules:2:19: Syscall name unknown: opne\n", Error);
        Assert.Contains($"the rule files can't be loaded together: until then {Path} alone is, behind the rules that are there\nhint: akashi rules check says what is wrong; when it's mended: akashi rules load\n", Error);
    }

    [Fact]
    public void A_refusal_of_the_kernel_leaves_what_was_there_and_is_said()
    {
        Hold(Other, Shota);
        _host.Kernel.Unknown = rule => rule.AsSpan().IndexOf("root_command"u8) >= 0;

        Assert.False(Load(before: Shota + "\n", after: Root + "\n"));
        Assert.Equal([Other, Shota], Held());
        Assert.Contains("the kernel refuses " + Root, Error);
    }

    [Fact]
    public void A_refusal_of_the_changed_file_s_rule_is_a_failure_in_an_empty_kernel_too()
    {
        _host.Kernel.Unknown = rule => rule.AsSpan().IndexOf("root_command"u8) >= 0;

        Assert.False(Load(before: "", after: Shota + "\n" + Root + "\n"));
        Assert.Contains("the kernel refuses " + Root, Error);
    }

    [Fact]
    public void Locked_rules_and_a_kernel_without_daemon_are_said()
    {
        Assert.True(Load(before: "", after: Root + "\n"));
        Assert.Contains("nothing records yet: no daemon owns the kernel's audit\nhint: akashi setup service\n", Error);

        _host.Kernel.Status = _host.Kernel.Status with { Enabled = 2 };
        Assert.True(Load(before: Root + "\n", after: Shota + "\n"));
        Assert.Contains("the rules are locked until the next boot (-e 2): the files are changed, the kernel is not\nhint: boot\n", Error);
        Assert.Equal([Root], Held());
    }

    [Fact]
    public void A_kernel_that_can_not_be_asked_is_said()
    {
        _host.OpenFailure = new KernelRequestException("open the kernel's audit", 1, 0, "Operation not permitted");

        Assert.False(Load(before: "", after: Root + "\n"));
        Assert.Contains("the rules are not loaded: cannot open the kernel's audit: Operation not permitted\nhint: they are loaded at the next boot", Error);
    }

    [Fact]
    public void Systemd_reloads_then_loads_rules_then_starts_the_daemon()
    {
        _host.Paths["/run/systemd/system"] = FileKind.Directory;
        var outcome = new SetupOutcome([new FileChange("/a", FileState.Missing, FileState.Link("/b"), "")], IsUndo: false);

        Assert.False(Finish(outcome));
        Assert.Equal(["systemctl daemon-reload", "systemctl restart audit-rules.service", "systemctl restart auditd.service"], _programs);
        Assert.Contains("no daemon owns the kernel's audit\nhint: systemctl status auditd.service\n", Error);

        _programs.Clear();
        _exitCodes["daemon-reload"] = 1;
        Assert.False(Finish(outcome));
        Assert.Equal(["systemctl daemon-reload"], _programs);
        Assert.Contains("systemctl daemon-reload failed: the files are in place, the service doesn't run", Error);
    }

    [Fact]
    public void A_rule_that_is_refused_does_not_keep_the_daemon_from_being_started()
    {
        _host.Paths["/run/systemd/system"] = FileKind.Directory;
        _exitCodes["restart audit-rules.service"] = 1;

        Finish(new SetupOutcome([new FileChange("/a", FileState.Missing, FileState.Link("/b"), "")], IsUndo: false));
        Assert.Equal("systemctl restart auditd.service", _programs[^1]);
        Assert.Contains("systemctl restart audit-rules.service failed: not every rule is loaded\nhint: akashi rules load says which and why\n", Error);
    }

    [Fact]
    public void An_undo_stops_our_daemon_or_begins_the_packages_again()
    {
        _host.Paths["/run/systemd/system"] = FileKind.Directory;
        var outcome = new SetupOutcome([], IsUndo: true);

        Assert.True(Finish(outcome));
        Assert.Equal(["systemctl daemon-reload", "systemctl stop auditd.service"], _programs);

        _programs.Clear();
        Directory.CreateDirectory(_root["usr/lib/systemd/system"]);
        File.WriteAllText(_root["usr/lib/systemd/system/auditd.service"], "");
        Assert.True(Finish(outcome));
        Assert.Equal(["systemctl daemon-reload", "systemctl restart auditd.service"], _programs);
    }

    [Fact]
    public void What_can_not_be_verified_says_why()
    {
        Assert.Equal(
            "not verified: commands of shota, as the kernel's audit is switched off (auditctl -e 1, or a daemon, switches it on)",
            Verify(status: _host.Kernel.Status with { Enabled = 0 }));

        _host.Kernel.Features = new AuditFeatures(3, AuditFeatures.LoginuidImmutable, AuditFeatures.LoginuidImmutable);
        _host.Process = _host.Process with { Auid = 1000 };
        Assert.Equal(
            "not verified: commands of shota, as the login user of this session can't be changed (loginuid is immutable)",
            Verify(status: _host.Kernel.Status with { Enabled = 1 }));
    }

    string Verify(AuditStatus status)
    {
        _host.Kernel.Status = status;
        string said = "";
        With(machine =>
        {
            said = SetupProbe.VerifyCommand(machine, "shota", 1000);
            return true;
        });
        return said;
    }

    string Error => Encoding.UTF8.GetString(_error.ToArray());

    bool Finish(SetupOutcome outcome) => With(machine => ServiceSetup.Kind.Finish(machine, new SetupOptions(), outcome));

    bool Load(string before, string after, bool isUndo = false)
    {
        Put(Path, after);
        FileState old = before.Length == 0 ? FileState.Missing : FileState.File(Encoding.UTF8.GetBytes(before));
        return With(machine => KernelLoad.Load(machine, Path, new SetupOutcome([new FileChange(Path, old, machine.Look(Path), "")], isUndo)));
    }

    bool With(Func<SetupMachine, bool> act)
    {
        using var output = new Utf8Output(_output);
        using var error = new Utf8Output(_error, FlushMode.Line);
        var invocation = new Invocation
        {
            Name = "setup", Arguments = [], Input = Stream.Null, InputKind = FileKind.Other, Output = _output, Error = _error, Host = _host, Signals = new NoSignals(),
        };
        return act(new SetupMachine(invocation, _root.Path, output, error)
        {
            RunProgram = (name, arguments) =>
            {
                _programs.Add($"{name} {string.Join(' ', arguments)}");
                return _exitCodes.GetValueOrDefault(string.Join(' ', arguments));
            },
        });
    }

    void Put(string path, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(_root.Path + path)!);
        File.WriteAllText(_root.Path + path, text);
    }

    void Hold(params string[] rules)
    {
        var set = new RuleSet();
        set.Add(Encoding.UTF8.GetBytes(string.Join('\n', rules) + "\n"), "held", new RuleContext(Machine.X86_64, _host, _host.KindOf));
        foreach (RuleSetLine line in set.Lines)
            _host.Kernel.AddRule(RuleEncoder.Encode(line.Change!.Rule));
    }

    string[] Held() => [.. _host.Kernel.ListRules().Select(bytes => new RuleListing(Machine.X86_64).ToText(HeldRule.OfKernel(bytes, out _)!.Rule))];
}
