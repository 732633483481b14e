using Akashi.Host;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Auditctl;

/// <summary>A scripted machine with a kernel of a test's own.</summary>
sealed class KernelHost(ScriptedHost machine, IAuditKernel kernel) : IHost
{
    public IAccounts Accounts => machine;
    public ILocalTime LocalTime => machine.LocalTime;
    public TimeProvider Clock => machine.Clock;
    public IFiles Files => machine;
    public string Name => machine.Name;
    public string Machine => machine.Machine;
    public string KernelRelease => machine.KernelRelease;
    public DateTimeOffset BootTime => machine.BootTime;
    public ProcessIdentity Process => machine.Process;
    public string DescribeError(int errno) => machine.DescribeError(errno);
    public string? SendSignal(int pid, Signal signal, TimeSpan endTimeout) => machine.SendSignal(pid, signal, endTimeout);
    public void Log(string program, string text) => machine.Log(program, text);
    public IAuditKernel OpenAuditKernel() => kernel;
    public IKernelEvents TakeAuditEvents() => machine.TakeAuditEvents();
    public IKernelEvents JoinAuditMulticast() => machine.JoinAuditMulticast();
}
