using Akashi.Host;
using Akashi.Linux;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Start;

/// <summary>This machine, but for its kernel's audit, which is scripted.</summary>
sealed class RecordingHost : IHost
{
    readonly LinuxHost _machine = new();

    /// <summary>The kernel.</summary>
    public ScriptedKernel Kernel { get; } = new();

    /// <summary>What the kernel sends to its owner.</summary>
    public ScriptedEvents Events { get; } = new();

    /// <summary>Thrown when the kernel's audit is taken; null to give it.</summary>
    public KernelRequestException? TakeFailure { get; set; }

    public IAccounts Accounts => _machine.Accounts;
    public ILocalTime LocalTime => _machine.LocalTime;
    public TimeProvider Clock => _machine.Clock;
    public IFiles Files => _machine.Files;
    public string Name => "scripted";
    public string Machine => "x86_64";
    public string KernelRelease => "6.18.0";
    public DateTimeOffset BootTime => _machine.BootTime;
    public ProcessIdentity Process => _machine.Process;
    public string DescribeError(int errno) => _machine.DescribeError(errno);
    public string? SendSignal(int pid, Signal signal, TimeSpan endTimeout) => throw new NotSupportedException();
    public void Log(string program, string text) => throw new NotSupportedException();
    public IAuditKernel OpenAuditKernel() => Kernel;
    public IKernelEvents TakeAuditEvents() => TakeFailure is null ? Events : throw TakeFailure;
    public IKernelEvents JoinAuditMulticast() => throw new NotSupportedException();
}
