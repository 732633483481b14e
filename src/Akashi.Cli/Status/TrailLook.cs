using Akashi.Configuration;
using Akashi.Control;
using Akashi.Daemon.Status;
using Akashi.Diagnostics;
using Akashi.Host;
using Akashi.Records;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Cli.Status;

/// <summary>A trail seen from outside: whoever writes it, its segments tell how much it takes.</summary>
/// <param name="Path">The newest segment.</param>
/// <param name="Room">Its room; null where it can't be read.</param>
/// <param name="Refusal">Why not.</param>
/// <param name="Oldest">When the first event of the oldest segment happened; null where there is none.</param>
/// <param name="LastWritten">When the newest segment was written last; null where there is none.</param>
sealed record TrailLook(string Path, TrailRoom? Room, string? Refusal, DateTimeOffset? Oldest, DateTimeOffset? LastWritten)
{
    const int HeadBytes = 64 * 1024;

    static readonly TimeSpan s_spanMin = TimeSpan.FromMinutes(10);

    /// <summary>Bytes a day over all that the trail holds; null where it holds less than ten minutes.</summary>
    public double? BytesDay =>
        Room is { } room && Oldest is { } oldest && LastWritten is { } last && last - oldest >= s_spanMin
            ? room.TrailBytes / (last - oldest).TotalDays
            : null;

    /// <summary>Looks at the trail that auditd.conf names.</summary>
    public static TrailLook Take(IHost host, string configurationDirectory)
    {
        AuditdConfiguration configuration = ReadConfiguration(System.IO.Path.Combine(configurationDirectory, AuditdConfiguration.FileName));
        string path = configuration.LogFile;
        try
        {
            TrailRoom room = TrailRoomLook.Take(host.Files, configuration);
            string oldest = room.Segments > 1 ? $"{path}.{room.Segments - 1}" : path;
            return new TrailLook(path, room, null, FindFirst(host.Files, oldest), File.Exists(path) ? File.GetLastWriteTimeUtc(path) : null);
        }
        catch (AuditException exception)
        {
            return new TrailLook(path, null, exception.Message, null, null);
        }
    }

    static AuditdConfiguration ReadConfiguration(string path)
    {
        try
        {
            return AuditdConfigurationParser.Parse(File.ReadAllText(path), path, new DiagnosticBag());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new AuditdConfiguration();
        }
    }

    static DateTimeOffset? FindFirst(IFiles files, string path)
    {
        try
        {
            using SafeFileHandle handle = files.OpenForReading(path);
            byte[] head = new byte[HeadBytes];
            ReadOnlySpan<byte> read = head.AsSpan(0, RandomAccess.Read(handle, head, 0));
            ReadOnlySpan<byte> mark = " msg=audit("u8;
            int index = read.IndexOf(mark);

            // The last that a date of .NET holds.
            return index >= 0 && EventStamp.TryParse(read[(index + mark.Length)..], out EventStamp stamp, out _)
                && stamp.UnixMilliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
                ? DateTimeOffset.FromUnixTimeMilliseconds(stamp.UnixMilliseconds)
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or TrailException)
        {
            return null;
        }
    }
}
