using System.Text;
using Akashi.Cli.Live;
using Akashi.Cli.Start;
using Akashi.Cli.Tests.Live;
using Akashi.Daemon.KernelState;
using Akashi.Host;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Start;

/// <summary>Recording over a scripted kernel: nothing stays half done, whichever step is refused.</summary>
public sealed class RecordingTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly RecordingHost _host = new();
    readonly MemoryStream _output = new();
    string _rules = Encoding.UTF8.GetString(PeopleRules.Text()).Replace(
        "-a always,exit -F dir=/etc/sudoers.d -F perm=wa -F auid!=unset -F key=privilege\n", "", StringComparison.Ordinal);

    string Shown => Encoding.UTF8.GetString(_output.ToArray());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_rules_are_loaded_and_go_again()
    {
        _host.Kernel.Status = _host.Kernel.Status with { Enabled = 0 };

        Run();

        Assert.Equal(9, _host.Kernel.Requests.Count(request => request == "add rule"));
        Assert.Equal(9, _host.Kernel.Requests.Count(request => request == "delete rule"));
        AssertAsBefore(enabled: 0);
        Assert.Contains("logins, changes of accounts and rights (9 rules)", Encoding.UTF8.GetString(_output.ToArray()));
    }

    [Theory]
    [InlineData("add rule", 1)]
    [InlineData("add rule", 5)]
    [InlineData("add rule", 9)]
    [InlineData("set status", 1)]
    [InlineData("set status", 2)]
    public void A_refused_step_takes_back_those_before_it(string request, int occurrence)
    {
        _host.Kernel.Status = _host.Kernel.Status with { Enabled = 0 };
        _host.Kernel.RefusedOccurrence = (request, occurrence);

        KernelRequestException refusal = Assert.Throws<KernelRequestException>(Run);

        Assert.Equal(12, refusal.Errno);
        AssertAsBefore(enabled: 0);
    }

    [Fact]
    public void Where_another_took_the_audit_meanwhile_nothing_is_changed()
    {
        _host.TakeFailure = new KernelRequestException("take the kernel's audit", 17, 1, "auditd (process 7) owns it");

        Assert.Throws<KernelRequestException>(Run);

        Assert.DoesNotContain("add rule", _host.Kernel.Requests);
        Assert.DoesNotContain("set status", _host.Kernel.Requests);
        AssertAsBefore(enabled: 1);
    }

    [Fact]
    public void A_trail_that_cannot_be_made_changes_nothing()
    {
        File.WriteAllText(_folder["trail"], "a file in the way");

        Assert.Throws<TrailException>(Run);

        Assert.Equal(["get status"], _host.Kernel.Requests.Distinct());
    }

    [Fact]
    public void A_rule_file_with_a_fault_leaves_no_directory_behind()
    {
        _rules = "-a always,exit -S opne\n";

        Assert.Throws<AuditException>(Run);

        Assert.False(Directory.Exists(_folder["trail"]));
        Assert.Equal(["get status"], _host.Kernel.Requests.Distinct());
    }

    [Fact]
    public void A_rule_that_is_left_out_is_said()
    {
        _rules += "-a always,exit -F dir=/nonexistent/akashi -F perm=wa -F key=x\n";

        Run();

        Assert.Contains("\n-- not all rules are loaded: there is no directory /nonexistent/akashi\n", Shown);
    }

    [Fact]
    public void What_a_killed_start_left_is_put_back_and_said()
    {
        KernelSnapshot before = KernelSnapshot.Take(_host.Kernel, new ProcessMark(int.MaxValue, 1));
        StateFile().Write(before);
        _host.Kernel.Status = _host.Kernel.Status with { BacklogLimit = 8192 };

        Run();

        Assert.StartsWith("-- a start that was killed had left the kernel's audit changed: it is put back as it was before that\n", Shown);
        AssertAsBefore(enabled: 1);
    }

    [Fact]
    public void The_end_says_what_was_written_and_how_to_ask_for_it()
    {
        Run();

        string[] lines = Shown.TrimEnd('\n').Split('\n');
        Assert.Equal("-- 2 records written: 0 are the 0 events above, 2 of start's own rules and settings; 0 lost by the kernel, 0 refused by the disk", lines[^2]);
        Assert.Matches($"^-- ask it: .*ausearch -i -if {_folder["trail"]}$", lines[^1]);
    }

    void Run()
    {
        using var screen = new LiveScreen(
            new Invocation
            {
                Name = "akashi",
                Arguments = [],
                Input = Stream.Null,
                InputKind = FileKind.Other,
                Output = _output,
                Error = Stream.Null,
                Host = _host,
                Signals = new EndingSignals(),
            },
            isRaw: false, hasColors: false);
        File.WriteAllText(_folder["rules"], _rules);
        new Recording(_host, screen, StateFile(), _folder["rules"], watcherProgram: null).Run(_folder["trail"], duration: null);
    }

    KernelSnapshotFile StateFile() => new(_host.Files, _folder["state"]);

    void AssertAsBefore(uint enabled)
    {
        Assert.Empty(_host.Kernel.Rules);
        Assert.Equal(64u, _host.Kernel.Status.BacklogLimit);
        Assert.Equal(enabled, _host.Kernel.Status.Enabled);
        Assert.False(StateFile().TryRead(out _));
    }
}
