using Akashi.Health;
using Akashi.Host;
using Akashi.Records;
using Akashi.Trail;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Cli.Doctor;

/// <summary>What trail, settings and their disk tell the doctor.</summary>
/// <param name="host">The machine.</param>
sealed class TrailFacts(IHost host)
{
    const int HeadBytes = 4096;

    static readonly string[] s_settings =
        ["/etc/audit", "/etc/audit/auditd.conf", "/etc/audit/audit.rules", "/etc/audit/rules.d", "/etc/audit/plugins.d"];

    /// <summary>The facts with files, room and age of the trail.</summary>
    public HealthFacts Add(HealthFacts facts)
    {
        string log = facts.Configuration?.LogFile ?? "/var/log/audit/audit.log", directory = Path.GetDirectoryName(log)!;
        List<string> paths = [directory, log, .. s_settings];
        if (Directory.Exists("/etc/audit/rules.d"))
            paths.AddRange(Names("/etc/audit/rules.d"));
        var files = new List<(string, FileStatus)>();
        foreach (string path in paths)
        {
            if (host.Files.TryLook(path, followsLink: false, out FileStatus status) && !status.IsSymbolicLink)
                files.Add((path, status));
        }

        bool isOnRoot = host.Files.TryLook(directory, true, out FileStatus own) && host.Files.TryLook("/", true, out FileStatus root) && own.Device == root.Device;
        (long bytes, double days) = Measure(directory, Path.GetFileName(log));
        return facts with { Files = files, IsOnRootFileSystem = isOnRoot, Space = FindSpace(directory), TrailBytes = bytes, TrailDays = days };
    }

    FileSystemSpace? FindSpace(string directory)
    {
        try
        {
            using SafeFileHandle handle = host.Files.OpenForReading(directory);
            return host.Files.SpaceAround(handle, directory);
        }
        catch (TrailException)
        {
            return null;
        }
    }

    // From the oldest segment's first stamp to now.
    (long Bytes, double Days) Measure(string directory, string name)
    {
        string[] segments = [.. Names(directory).Where(path => Path.GetFileName(path) == name || Path.GetFileName(path).StartsWith(name + ".", StringComparison.Ordinal))];
        long bytes = 0;
        double days = 0;
        foreach (string segment in segments)
        {
            if (ReadStart(segment, ref bytes) is { } first)
                days = Math.Max(days, (host.Clock.GetUtcNow().ToUnixTimeMilliseconds() - first) / TimeSpan.MillisecondsPerDay);
        }

        return (bytes, days);
    }

    static double? ReadStart(string path, ref long bytes)
    {
        try
        {
            using SafeFileHandle handle = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            bytes += RandomAccess.GetLength(handle);
            Span<byte> head = stackalloc byte[HeadBytes];
            head = head[..RandomAccess.Read(handle, head, 0)];
            int end = head.IndexOf((byte)'\n');
            return Record.TryParse(end < 0 ? head : head[..end], out Record record, out _) ? record.Stamp.UnixMilliseconds : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    static string[] Names(string directory)
    {
        try
        {
            return Directory.Exists(directory) ? Directory.GetFiles(directory) : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
