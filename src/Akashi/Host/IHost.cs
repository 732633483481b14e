namespace Akashi.Host;

/// <summary>What the machine answers: every question about accounts, dates, files and the kernel goes through here.</summary>
/// <remarks>Akashi.Linux implements it over the C library and the kernel; tests use literals.</remarks>
public interface IHost
{
    /// <summary>Account names, by number and by name.</summary>
    IAccounts Accounts { get; }

    /// <summary>Dates as the locale and the time zone of the C library write and read them.</summary>
    ILocalTime LocalTime { get; }

    /// <summary>The clock.</summary>
    TimeProvider Clock { get; }

    /// <summary>Files, with what .NET doesn't tell of them.</summary>
    IFiles Files { get; }

    /// <summary>The node name, gethostname(2).</summary>
    string Name { get; }

    /// <summary>A machine's name in the domain system; null where it isn't known. May take long.</summary>
    string? FindCanonicalName(string name) => null;

    /// <summary>A machine's address in digits; null where it isn't known. May take long.</summary>
    string? FindAddress(string name) => null;

    /// <summary>tcp_wrappers; null where its library is missing.</summary>
    ITcpWrappers? OpenTcpWrappers() => null;

    /// <summary>The machine as uname(2) names it, such as <c>x86_64</c>.</summary>
    string Machine { get; }

    /// <summary>The kernel's release as uname(2) names it, such as <c>6.18.44-generic</c>.</summary>
    string KernelRelease { get; }

    /// <summary>When the machine was booted, from /proc/uptime.</summary>
    DateTimeOffset BootTime { get; }

    /// <summary>The process itself, as a record of its own acts would name it.</summary>
    ProcessIdentity Process { get; }

    /// <summary>What /proc tells of other processes; null where there is none.</summary>
    IProcessFiles? ProcessFiles => null;

    /// <summary>An error number of the C library in words, strerror(3), untranslated: <c>No such file or directory</c>.</summary>
    string DescribeError(int errno);

    /// <summary>Sends a signal to a process, which can't be mistaken for another that got its number meanwhile: pidfd_open(2).</summary>
    /// <param name="pid">The process.</param>
    /// <param name="signal">The signal.</param>
    /// <param name="endTimeout">How long its end is waited for; zero not to wait.</param>
    /// <returns>Null; or why it wasn't sent, or that the process hasn't ended.</returns>
    string? SendSignal(int pid, Signal signal, TimeSpan endTimeout);

    /// <summary>Has the system log keep an error, syslog(3), facility daemon.</summary>
    void Log(string program, string text);

    /// <summary>Opens a request connection to the kernel's audit.</summary>
    /// <exception cref="KernelRequestException">No socket is to be had (no audit in the kernel, no permission).</exception>
    IAuditKernel OpenAuditKernel();

    /// <summary>Takes the kernel's audit: from now on its records come to this process, and to no other.</summary>
    /// <exception cref="KernelRequestException">It can't be had: no audit in the kernel, no right, a container (a reason of its own
    /// for each), or another process owns it (EEXIST).</exception>
    IKernelEvents TakeAuditEvents();

    /// <summary>Goes on with the source that this process had before it became another program, execve(2); the kernel is asked for nothing new.</summary>
    /// <param name="descriptor">Any number: it's proved to be a socket of NETLINK_AUDIT, and the kernel's audit to be this process's.</param>
    /// <exception cref="KernelRequestException">It isn't, or the kernel can't be asked.</exception>
    IKernelEvents AdoptAuditEvents(int descriptor) => throw new KernelRequestException("adopt the kernel's audit", 0, 0, "this host has no such source");

    /// <summary>Joins the multicast group that sees every record beside the owner, AUDIT_NLGRP_READLOG: it changes nothing, and
    /// the kernel drops records (<see cref="ReceiveOutcome.Overrun"/>) where the reader is too slow.</summary>
    /// <exception cref="KernelRequestException">It can't be had: no audit in the kernel, or no CAP_AUDIT_READ.</exception>
    IKernelEvents JoinAuditMulticast();
}
