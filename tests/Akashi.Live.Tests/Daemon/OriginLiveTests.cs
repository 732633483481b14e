using System.Diagnostics;
using Akashi.Control;
using Akashi.Daemon.Status;
using Akashi.Diagnostics;
using Akashi.Host;
using Akashi.Rules;
using Akashi.Tables;

namespace Akashi.Live.Tests.Daemon;

/// <summary>enrich_parent and enrich_unit over the real kernel, with a process in a unit's control group, and one in a container's.</summary>
public sealed class OriginLiveTests(KernelAudit audit) : IDisposable
{
    const uint User = 54_399;
    const string Id = "00000000000000000000000000000000000000000000000000000000a4a5418a";

    // A hierarchy mounted where nobody else sees it; the group is removed in the end. The shell stays until its input ends.
    const string Script = """
        mount -t cgroup2 none "$0" && mkdir -p "$0/$1" && echo $$ > "$0/$1/cgroup.procs" || exit 7
        setpriv --reuid "$2" --clear-groups sh -c '/bin/cat /nonexistent-akashi-origin 2>/dev/null; read end'
        echo $$ > "$0/cgroup.procs"
        rmdir "$0/$1"; rmdir "$0/${1%/*}"
        """;

    readonly AuditdProgram _auditd = new();

    KernelAudit.Loan? _loan;

    public void Dispose()
    {
        _auditd.Dispose();
        _loan?.Dispose();
    }

    [Fact]
    public void Records_tell_the_parents_command_and_the_unit_or_the_container()
    {
        _loan = audit.Borrow();
        _auditd.Configure("log_format = ENRICHED");
        Own("enrich_parent = yes\nenrich_unit = yes\n");
        using Process daemon = _auditd.Start("-n");
        AddRule();

        Run("akashi-live.slice/akashi-live.service", User);
        Run($"akashi-live.slice/docker-{Id}.scope", User);

        string[] lines = [.. _auditd.LogLines.Where(line => line.Contains("comm=\"cat\"", StringComparison.Ordinal))];
        Assert.Contains(lines, line => line.Contains(" PARENT_COMM=\"sh\" UNIT=\"akashi-live.service\"", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains($" PARENT_COMM=\"sh\" CONTAINER=\"docker:{Id}\"", StringComparison.Ordinal));

        Own("");
        int before = lines.Length;
        _auditd.Signal(Signal.Hangup);
        _auditd.WaitForLine("type=DAEMON_CONFIG", "state=changed");
        var client = new ControlClient(audit.Host, _auditd["run/akashi/control"]);
        AuditdProgram.WaitFor(() => client.FindStatus(out _) is not null, "it does not answer any more");
        Run("akashi-live.slice/akashi-live.service", User);

        lines = [.. _auditd.LogLines.Where(line => line.Contains("comm=\"cat\"", StringComparison.Ordinal))];
        Assert.True(lines.Length > before);
        Assert.DoesNotContain("PARENT_COMM", lines[^1]);
        Assert.Contains("\u001dARCH=", lines[^1]);
        _auditd.End();
    }

    void Own(string text)
    {
        File.WriteAllText(_auditd["akashi.conf"], text);
        File.SetUnixFileMode(_auditd["akashi.conf"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    void AddRule()
    {
        var diagnostics = new DiagnosticBag();
        RuleChange change = RuleParser.Parse(
            $"-a always,exit -F arch=b64 -S openat -F exit=-ENOENT -F uid={User} -k origin",
            new RuleContext(Machine.X86_64, audit.Host.Accounts, audit.Host.Files.KindOf), diagnostics)!;
        _loan!.Kernel.AddRule(RuleEncoder.Encode(change.Rule));
    }

    void Run(string group, uint user)
    {
        string mountPoint = Directory.CreateDirectory(_auditd["cgroup"]).FullName;
        int before = _auditd.LogLines.Length;
        var start = new ProcessStartInfo("unshare", ["-m", "sh", "-c", Script, mountPoint, group, $"{user}"]) { RedirectStandardInput = true };
        using Process process = Process.Start(start)!;
        AuditdProgram.WaitFor(
            () => process.HasExited || _auditd.LogLines.Skip(before).Any(line => line.Contains("comm=\"cat\"", StringComparison.Ordinal)), "nothing is recorded");
        process.StandardInput.Close();
        Assert.True(process.WaitForExit(AuditdProgram.Limit), "it does not end");
        Assert.Equal(0, process.ExitCode);
    }
}
