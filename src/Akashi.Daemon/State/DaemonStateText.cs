using System.Globalization;
using System.Text;
using Akashi.Configuration;
using Akashi.Daemon.Disk;
using Akashi.Daemon.Remote;
using Akashi.Daemon.Dispatch;
using Akashi.Host;
using Akashi.Linux.Processes;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Daemon.State;

/// <summary>How the daemon is, as auditd writes it to <c>auditd.state</c>: the labels are those that scripts and audisp-statsd look for.</summary>
/// <remarks>
/// <c>label = value</c>, a line each. Behind the classic labels stand our own: what is written, refused, not received. Memory is the collector's,
/// under the labels of glibc's arena.
/// </remarks>
static class DaemonStateText
{
    // Of the last report; reports are written one after the other.
    static (long All, long Used) s_memoryBefore;

    /// <summary>Writes it; from any thread.</summary>
    public static string Write(IHost host, string version, AuditdConfiguration configuration, WriteStage write, ReceiveStage? receive,
        RemoteReceiver? remote)
    {
        var text = new StringBuilder();
        Add(text, "audit version", version);
        Add(text, "current time", host.Clock.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
        Add(text, "process priority", Number(DaemonProcess.Priority));
        AddTrail(text, host, configuration, write);
        AddQueue(text, configuration, write.Dispatcher);
        AddRemote(text, remote);
        AddLedger(text, write.Disk, receive);
        AddMemory(text);
        return text.ToString();
    }

    static void AddTrail(StringBuilder text, IHost host, AuditdConfiguration configuration, WriteStage write)
    {
        var trail = write.Sink as TrailSink;
        Add(text, "writing to logs", YesNo(trail is not null));
        if (trail is null)
            return;
        Add(text, "current log size", $"{Number(trail.SegmentBytes / 1024)} KiB");
        Add(text, "max log size", $"{Number(configuration.SegmentMegabytesMax * 1024L)} KiB");
        Add(text, "logs detected last rotate/shift", Number(trail.Segments));
        Add(text, "space left on partition", YesNo(!trail.IsSpaceAnswered));
        FileSystemSpace space = FindSpace(host.Files, configuration.LogFile);
        Add(text, "Logging partition free space", $"{Number(space.FreeBytes >> 20)} MiB");
        Add(text, "space_left setting", $"{Number(configuration.SpaceLeft.Megabytes(space.Bytes))} MiB");
        Add(text, "admin_space_left setting", $"{Number(configuration.AdminSpaceLeft.Megabytes(space.Bytes))} MiB");
        Add(text, "logging suspended", YesNo(trail.IsSuspended));
        Add(text, "file system space action performed", YesNo(trail.IsSpaceAnswered));
        Add(text, "admin space action performed", YesNo(trail.IsAdminSpaceAnswered));
        Add(text, "disk error detected", YesNo(trail.HasDiskError));
    }

    static void AddQueue(StringBuilder text, AuditdConfiguration configuration, Dispatcher? dispatcher)
    {
        Add(text, "Number of active plugins", Number(dispatcher?.ActiveCount ?? 0));
        Add(text, "current plugin queue depth", Number(dispatcher?.Depth ?? 0));
        Add(text, "max plugin queue depth used", Number(dispatcher?.DepthMax ?? 0));
        Add(text, "plugin queue size", Number(dispatcher?.QueueRecords ?? configuration.QueueRecords));
        Add(text, "plugin queue overflow detected", YesNo(dispatcher?.Dropped > 0));
        Add(text, "plugin queueing suspended", YesNo(dispatcher?.IsSuspended == true));
        Add(text, "records dropped from full plugin queues", Number(dispatcher?.Dropped ?? 0));
    }

    static void AddRemote(StringBuilder text, RemoteReceiver? remote)
    {
        Add(text, "listening for network connections", YesNo(remote is not null));
        if (remote is null)
            return;
        Add(text, "active connections", Number(remote.Active));
        Add(text, "total connections", Number(remote.Accepted));
        Add(text, "records received from the network", Number(remote.Received));
        Add(text, "messages from the network refused", Number(remote.Refused));
    }

    static void AddLedger(StringBuilder text, DiskLedger disk, ReceiveStage? receive)
    {
        Add(text, "records received", Number(receive?.Received ?? 0));
        Add(text, "records written", Number(disk.WrittenRecords));
        Add(text, "records refused by the disk", Number(disk.RefusedRecords));
        Add(text, "records refused and not yet said in the log", Number(disk.UnsaidRecords));
        Add(text, "receive buffer overruns", Number(receive?.Overruns ?? 0));
        Add(text, "messages that were not the kernel's", Number(receive?.Faults ?? 0));
    }

    static void AddMemory(StringBuilder text)
    {
        GCMemoryInfo memory = GC.GetGCMemoryInfo();
        long used = GC.GetTotalMemory(forceFullCollection: false);
        long all = Math.Max(memory.TotalCommittedBytes, used);
        (long all, long used) before = s_memoryBefore;
        s_memoryBefore = (all, used);
        AddMemory(text, "glibc arena (total memory)", all, before.all);
        AddMemory(text, "glibc uordblks (in use memory)", used, before.used);
        AddMemory(text, "glibc fordblks (total free space)", all - used, before.all - before.used);
    }

    // As 4.2.2 writes them and audisp-statsd reads them: what the report before said stands behind.
    static void AddMemory(StringBuilder text, string label, long bytes, long bytesBefore) =>
        text.Append(CultureInfo.InvariantCulture, $"{label} is: {bytes / 1024} KiB, was: {bytesBefore / 1024} KiB\n");

    static FileSystemSpace FindSpace(IFiles files, string logFile)
    {
        string directory = Path.GetDirectoryName(logFile)!;
        try
        {
            using SafeFileHandle handle = files.OpenForReading(directory);
            return files.SpaceAround(handle, directory);
        }
        catch (TrailException)
        {
            return default;
        }
    }

    static string YesNo(bool value) => value ? "yes" : "no";

    static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    static void Add(StringBuilder text, string label, string value) => text.Append(label).Append(" = ").Append(value).Append('\n');
}
