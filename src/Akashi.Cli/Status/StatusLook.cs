using System.Globalization;
using Akashi.Cli.Doctor;
using Akashi.Control;
using Akashi.Daemon.Status;
using Akashi.Host;
using Akashi.Linux.Processes;
using Akashi.Rules;

namespace Akashi.Cli.Status;

/// <summary>Finds out what can be known: asks the service first, then the kernel itself, /proc and the trail.</summary>
/// <param name="host">The machine.</param>
/// <param name="socketPath">The control socket.</param>
/// <param name="configurationDirectory">Where auditd.conf is, which names the trail where no service answers.</param>
sealed class StatusLook(IHost host, string socketPath, string configurationDirectory)
{
    /// <summary>Looks.</summary>
    public StatusFacts Take()
    {
        var client = new ControlClient(host, socketPath);
        ServiceStatus? service = client.FindStatus(out string? serviceRefusal);
        AuditStatus? kernel = AskKernel(out IReadOnlyList<byte[]>? rules, out string? kernelRefusal) ?? service?.Kernel;
        string? rulesRefusal = kernelRefusal;
        if (rules is null && service is not null)
            rules = client.FindRules(out rulesRefusal);
        var logins = new RecorderFacts(Path.Combine(Path.GetDirectoryName(socketPath) ?? "", Path.GetFileName(RecorderStatus.DefaultPath)));
        RecorderStatus? recorder = logins.ReadStatus();
        return new StatusFacts
        {
            Now = host.Clock.GetUtcNow(),
            Service = service,
            ServiceRefusal = serviceRefusal,
            Kernel = kernel,
            KernelRefusal = kernel is null ? kernelRefusal : null,
            Owner = kernel is { Pid: > 0 and uint pid } ? FindProcess((int)pid) : null,
            Candidate = kernel is null ? FindCandidate() : null,
            Trail = service is null ? TrailLook.Take(host, configurationDirectory) : null,
            Rules = rules is null ? null : RuleSummary.Of(rules, host.Accounts),
            RulesRefusal = rules is null ? rulesRefusal : null,
            Recorder = recorder,
            IsRecorderAlive = recorder is not null && RecorderFacts.IsAlive(recorder),
            IsRecorderUsed = logins.IsUsed(recorder),
            Sender = new SenderFacts().Find(),
        };
    }

    AuditStatus? AskKernel(out IReadOnlyList<byte[]>? rules, out string? refusal)
    {
        rules = null;
        refusal = null;
        try
        {
            using IAuditKernel kernel = host.OpenAuditKernel();
            AuditStatus status = kernel.GetStatus();
            rules = kernel.ListRules();
            return status;
        }
        catch (KernelRequestException exception)
        {
            refusal = exception.Message;
            return null;
        }
    }

    RecordingProcess? FindCandidate()
    {
        RunningProcess found = new ProcessTable(host.BootTime).List().FirstOrDefault(process => process.Name == "auditd");
        return found.Pid > 0 ? new RecordingProcess(found.Pid, found.Name, "", found.Started) : null;
    }

    // A killed owner stays in the kernel's status until the kernel fails to reach it.
    RecordingProcess? FindProcess(int pid)
    {
        if (Daemon.KernelState.ProcessMark.Find(pid) is null || new ProcessTable(host.BootTime).Find(pid) is not { } found)
            return null;
        string program;
        try
        {
            program = File.ResolveLinkTarget(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/exe"), returnFinalTarget: false)?.FullName ?? "";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            program = "";
        }

        return new RecordingProcess(pid, found.Name, program, found.Started);
    }
}
