using System.Globalization;
using System.Text;
using Akashi.Host;
using Akashi.Linux.Accounts;
using Akashi.Linux.Files;
using Akashi.Linux.Netlink;
using Akashi.Linux.Processes;
using Akashi.Linux.Sockets;
using Akashi.Linux.Time;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux;

/// <summary>This machine. Making one does nothing: each part begins when it's first asked for.</summary>
/// <remarks>For use from several threads.</remarks>
public sealed unsafe class LinuxHost : IHost
{
    LinuxAccounts? _accounts;
    LinuxLocalTime? _localTime;
    LinuxFiles? _files;

    /// <inheritdoc/>
    public IAccounts Accounts => _accounts ?? Once(ref _accounts, new LinuxAccounts(Clock));

    /// <inheritdoc/>
    public ILocalTime LocalTime => _localTime ?? Once(ref _localTime, new LinuxLocalTime());

    /// <inheritdoc/>
    public TimeProvider Clock => TimeProvider.System;

    /// <inheritdoc/>
    public IFiles Files => _files ?? Once(ref _files, new LinuxFiles());

    /// <inheritdoc/>
    public string Name
    {
        get
        {
            const int Length = 256;
            byte* name = stackalloc byte[Length];
            return gethostname(name, Length) == 0 ? Text(name, Length) : "";
        }
    }

    /// <inheritdoc/>
    public string? FindCanonicalName(string name) => NodeNames.FindCanonicalName(name);

    /// <inheritdoc/>
    public string? FindAddress(string name) => NodeNames.FindAddress(name);

    /// <inheritdoc/>
    public ITcpWrappers? OpenTcpWrappers() => TcpWrappers.Open();

    /// <inheritdoc/>
    public string Machine
    {
        get
        {
            utsname names;
            return uname(&names) == 0 ? Text(names.machine, _UTSNAME_LENGTH) : "";
        }
    }

    /// <inheritdoc/>
    public string KernelRelease
    {
        get
        {
            utsname names;
            return uname(&names) == 0 ? Text(names.release, _UTSNAME_LENGTH) : "";
        }
    }

    /// <inheritdoc/>
    public IProcessFiles? ProcessFiles => new ProcessFiles();

    /// <inheritdoc/>
    public DateTimeOffset BootTime
    {
        get
        {
            DateTimeOffset now = Clock.GetUtcNow();
            string uptime = ProcText.Read("/proc/uptime")
                ?? throw new AuditException("cannot read /proc/uptime: is /proc mounted");
            return now - TimeSpan.FromSeconds(double.Parse(uptime.Split(' ')[0], CultureInfo.InvariantCulture));
        }
    }

    /// <inheritdoc/>
    public ProcessIdentity Process => new(
        (uint)getpid(),
        getuid(),
        ProcText.ReadNumber("/proc/self/loginuid", ProcessIdentity.Unset),
        ProcText.ReadNumber("/proc/self/sessionid", ProcessIdentity.Unset),
        ProcText.Read("/proc/self/attr/current")?.TrimEnd('\0') ?? "");

    /// <inheritdoc/>
    public string DescribeError(int errno) => ErrorText.Of(errno);

    /// <inheritdoc/>
    public string? SendSignal(int pid, Signal signal, TimeSpan endTimeout)
    {
        using ProcessHandle? process = ProcessHandle.Open(pid);
        if (process is null)
            return ErrorText.Of(ESRCH);
        if (process.TrySend(signal) is { } refusal)
            return refusal;
        bool isDone = endTimeout == TimeSpan.Zero || process.WaitForEnd(endTimeout);
        return isDone ? null : $"it runs still after {endTimeout.TotalSeconds} s";
    }

    /// <inheritdoc/>
    public void Log(string program, string text)
    {
        using var format = new NativeStrings(["%s%s", LogPrefix(program, Environment.GetCommandLineArgs()[0]), text]);
        syslog(LOG_DAEMON | LOG_ERR, format.Pointer[0], format.Pointer[1], format.Pointer[2]);
    }

    /// <summary>What stands before a text in the system log: nothing where syslog(3) says that name anyway, which without openlog(3) takes the last part of argv[0].</summary>
    internal static string LogPrefix(string program, string calledBy) => program == calledBy[(calledBy.LastIndexOf('/') + 1)..] ? "" : $"{program}: ";

    /// <inheritdoc/>
    public IAuditKernel OpenAuditKernel() => new AuditKernel();

    /// <inheritdoc/>
    public IKernelEvents TakeAuditEvents() => OwnerEvents.Take();

    /// <inheritdoc/>
    public IKernelEvents AdoptAuditEvents(int descriptor) => OwnerEvents.Adopt(descriptor);

    /// <inheritdoc/>
    public IKernelEvents JoinAuditMulticast() => MulticastEvents.Join();

    // The first to finish wins, so that every caller gets the same one.
    static T Once<T>(ref T? field, T made) where T : class => Interlocked.CompareExchange(ref field, made, null) ?? made;

    static string Text(byte* start, int length) => Encoding.UTF8.GetString(new ReadOnlySpan<byte>(start, length).SliceToNul());
}
