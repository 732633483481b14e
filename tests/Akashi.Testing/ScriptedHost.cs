using Akashi.Host;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Testing;

/// <summary>A machine made of literals: root alone in its accounts, the paths a test names, one scripted kernel.</summary>
public sealed class ScriptedHost : IHost, IAccounts, IFiles
{
    /// <summary>The kernel that is opened.</summary>
    public ScriptedKernel Kernel { get; } = new();

    /// <summary>Users by name.</summary>
    public Dictionary<string, uint> Users { get; } = new() { ["root"] = 0 };

    /// <summary>Groups by name.</summary>
    public Dictionary<string, uint> Groups { get; } = new() { ["root"] = 0 };

    /// <summary>What paths lead to, where it isn't what this machine has there.</summary>
    public Dictionary<string, FileKind> Paths { get; } = [];

    /// <summary>Whose paths are, where they aren't root's.</summary>
    public Dictionary<string, uint> Owners { get; } = [];

    /// <summary>Thrown when the kernel is opened; null to open it.</summary>
    public KernelRequestException? OpenFailure { get; set; }

    /// <summary>Signals that were sent: process, signal, and whether its end was waited for.</summary>
    public List<(int Pid, Signal Signal, bool IsEndAwaited)> SentSignals { get; } = [];

    /// <summary>What the system log was told.</summary>
    public List<string> Logged { get; } = [];

    /// <summary>Why signals aren't sent; null where they are.</summary>
    public string? SignalRefusal { get; set; }

    public IAccounts Accounts => this;
    public IFiles Files => this;
    public ILocalTime LocalTime { get; } = new UtcTime();
    public TimeProvider Clock { get; } = new ManualClock(DateTimeOffset.UnixEpoch);
    public string Name => "scripted";
    public string Machine { get; set; } = "x86_64";
    public string KernelRelease => "6.18.0";
    public DateTimeOffset BootTime => DateTimeOffset.UnixEpoch;

    public ProcessIdentity Process { get; set; } = new(1, 0, ProcessIdentity.Unset, ProcessIdentity.Unset, "");

    public string DescribeError(int errno) => errno switch
    {
        1 => "Operation not permitted",
        2 => "No such file or directory",
        17 => "File exists",
        22 => "Invalid argument",
        _ => $"error {errno}",
    };

    public string? SendSignal(int pid, Signal signal, TimeSpan endTimeout)
    {
        SentSignals.Add((pid, signal, endTimeout > TimeSpan.Zero));
        return SignalRefusal;
    }

    public void Log(string program, string text) => Logged.Add($"{program}: {text}");

    public IKernelEvents TakeAuditEvents() => throw new NotSupportedException("this host has no events");
    public IKernelEvents JoinAuditMulticast() => throw new NotSupportedException("this host has no events");
    public IAuditKernel OpenAuditKernel() => OpenFailure is null ? Kernel : throw OpenFailure;

    public string? FindUserName(uint uid) => Users.FirstOrDefault(user => user.Value == uid).Key;
    public string? FindGroupName(uint gid) => Groups.FirstOrDefault(group => group.Value == gid).Key;
    public bool TryFindUser(string name, out uint uid) => Users.TryGetValue(name, out uid);
    public bool TryFindGroup(string name, out uint gid) => Groups.TryGetValue(name, out gid);

    // A path that no test named is what the machine has: temporary files of the test.
    public FileKind KindOf(string path) => Paths.TryGetValue(path, out FileKind kind) ? kind
        : Directory.Exists(path) ? FileKind.Directory
        : File.Exists(path) ? FileKind.Regular : FileKind.Missing;

    // Root's, unless a test said otherwise, with the rights that the test's file has.
    public bool TryLook(string path, bool followsLink, out FileStatus status)
    {
        FileKind kind = KindOf(path);
        UnixFileMode mode = Path.Exists(path) ? File.GetUnixFileMode(path) : UnixFileMode.None;
        status = kind == FileKind.Missing ? default : new FileStatus(kind, false, Owners.GetValueOrDefault(path), 0, mode, 1, 1);
        return kind != FileKind.Missing;
    }

    public SafeFileHandle OpenForReading(string path) => File.OpenHandle(path);
    public FileIdentity Identify(SafeFileHandle handle) => new PlainFiles().Identify(handle);
    public SafeFileHandle OpenForAppending(string path, UnixFileMode mode) => throw new NotSupportedException();
    public void Append(SafeFileHandle handle, ReadOnlySpan<byte> bytes, string path) => throw new NotSupportedException();
    public void Flush(SafeFileHandle handle, string path) => throw new NotSupportedException();
    public FileSystemSpace SpaceAround(SafeFileHandle handle, string path) => throw new NotSupportedException();
    public void SetGroup(SafeFileHandle handle, uint gid, string path) => throw new NotSupportedException();
    public IFileWatcher Watch(string path) => throw new NotSupportedException();
    public void SetMode(SafeFileHandle handle, UnixFileMode mode, string path) => throw new NotSupportedException();
}
