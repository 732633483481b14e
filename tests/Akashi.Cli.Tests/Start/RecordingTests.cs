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

        Assert.Empty(_host.Kernel.Requests);
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
        File.WriteAllText(_folder["rules"], Encoding.UTF8.GetString(PeopleRules.Text()).Replace(
            "-a always,exit -F dir=/etc/sudoers.d -F perm=wa -F auid!=unset -F key=privilege\n", "", StringComparison.Ordinal));
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
