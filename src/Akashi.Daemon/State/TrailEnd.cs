using Akashi.Host;
using Akashi.Records;
using Akashi.Tables;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Daemon.State;

/// <summary>How a trail ends: all that is left of a service after the machine was booted anew, since its mark is gone with /run.</summary>
/// <param name="UnixMilliseconds">The latest time among the last records.</param>
/// <param name="IsOrderly">Whether the service that wrote it said its end: DAEMON_END or DAEMON_ABORT, and no DAEMON_START behind.</param>
public readonly record struct TrailEnd(long UnixMilliseconds, bool IsOrderly)
{
    const int TailBytes = 256 * 1024;

    /// <summary>Finds it, at the end of the newest segment, or of the one before where that has none.</summary>
    /// <param name="files">The machine's files.</param>
    /// <param name="path">The newest segment.</param>
    /// <returns>Null where there is no record, or it can't be read.</returns>
    public static TrailEnd? Find(IFiles files, string path) => FindIn(files, path) ?? FindIn(files, path + ".1");

    /// <summary>How a text ends.</summary>
    /// <param name="tail">Lines; the first may be the end of one, the last the beginning of one.</param>
    /// <returns>Null where no line is a record.</returns>
    public static TrailEnd? FindIn(ReadOnlySpan<byte> tail)
    {
        TrailEnd? end = null;
        foreach (Range range in tail.Split((byte)'\n'))
        {
            if (!Record.TryParse(tail[range], out Record record, out _))
                continue;
            long time = Math.Max(end?.UnixMilliseconds ?? 0, record.Stamp.UnixMilliseconds);
            bool isOrderly = record.Type switch
            {
                RecordType.DaemonEnd or RecordType.DaemonAbort => true,
                RecordType.DaemonStart => false,
                _ => end?.IsOrderly ?? false,
            };
            end = new TrailEnd(time, isOrderly);
        }

        return end;
    }

    static TrailEnd? FindIn(IFiles files, string path)
    {
        try
        {
            using SafeFileHandle handle = files.OpenForReading(path);
            long length = RandomAccess.GetLength(handle);
            byte[] tail = new byte[Math.Min(length, TailBytes)];
            int read = RandomAccess.Read(handle, tail, length - tail.Length);
            return FindIn(tail.AsSpan(0, read));
        }
        catch (Exception exception) when (exception is TrailException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
