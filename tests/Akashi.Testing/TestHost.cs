using System.Runtime.InteropServices;
using Akashi.Host;

namespace Akashi.Testing;

/// <summary>A machine made of literals: accounts of a list, UTC, the C locale, a clock that stands.</summary>
/// <param name="passwd">Lines of passwd(5).</param>
/// <param name="group">Lines of group(5).</param>
public sealed class TestHost(string passwd = "root:x:0:0::/root:/bin/sh\n", string group = "root:x:0:\n") : IHost
{
    /// <summary>The clock's default: 2026-11-21 12:00:00 UTC.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public IAccounts Accounts { get; init; } = new ListedAccounts(passwd, group);

    /// <inheritdoc/>
    public ILocalTime LocalTime { get; init; } = new UtcTime();

    /// <inheritdoc/>
    public TimeProvider Clock { get; init; } = new ManualClock(Noon);

    /// <inheritdoc/>
    public IFiles Files { get; init; } = new PlainFiles();

    /// <inheritdoc/>
    public string Name => "test";

    /// <inheritdoc/>
    public string Machine { get; init; } = "x86_64";

    /// <inheritdoc/>
    public string KernelRelease => "6.18.0";

    /// <inheritdoc/>
    public DateTimeOffset BootTime { get; init; } = Noon.AddHours(-3);

    /// <inheritdoc/>
    public ProcessIdentity Process { get; init; }

    /// <inheritdoc/>
    public string DescribeError(int errno) => Marshal.GetPInvokeErrorMessage(errno);

    /// <inheritdoc/>
    public string? SendSignal(int pid, Signal signal, TimeSpan endTimeout) => "a test has no processes";

    /// <inheritdoc/>
    public void Log(string program, string text) { }

    /// <inheritdoc/>
    public IAuditKernel OpenAuditKernel() => throw HasNone();

    /// <inheritdoc/>
    public IKernelEvents TakeAuditEvents() => throw HasNone();

    /// <inheritdoc/>
    public IKernelEvents JoinAuditMulticast() => throw HasNone();

    static KernelRequestException HasNone() => new("open the kernel's audit", 1, 0, "a test has none");
}
