using Akashi.Host;
using Akashi.Records;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Daemon.State;

/// <summary>The last record of the kernel that a trail has: where a service that was killed had come to.</summary>
public static class TrailTail
{
    const int TailBytes = 256 * 1024;

    /// <summary>Finds it, at the end of the newest segment, or of the one before where that has none.</summary>
    /// <param name="files">The machine's files.</param>
    /// <param name="path">The newest segment.</param>
    /// <param name="notBefore">What is stamped earlier belongs to another boot, whose numbers are others.</param>
    /// <returns>The stamp with the highest number among the last; null where there is none, or it can't be read.</returns>
    public static EventStamp? FindLast(IFiles files, string path, DateTimeOffset notBefore) =>
        FindIn(files, path, notBefore) ?? FindIn(files, path + ".1", notBefore);

    /// <summary>The stamp with the highest number in a text; the daemon's own records have numbers of their own and don't count.</summary>
    /// <param name="tail">Lines; the first may be the end of one, the last the beginning of one.</param>
    /// <param name="notBefore">As above, in milliseconds since the epoch.</param>
    public static EventStamp? FindIn(ReadOnlySpan<byte> tail, long notBefore)
    {
        EventStamp? last = null;
        foreach (Range range in tail.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = tail[range];
            if (line.IndexOf(" msg=audit("u8) is not (>= 0 and int index) || line.IndexOf("type=DAEMON_"u8) is >= 0 and < 300
                || !EventStamp.TryParse(line[(index + 11)..], out EventStamp stamp, out _)
                || stamp.Serial > uint.MaxValue || stamp.UnixMilliseconds < notBefore)
                continue;
            if (last is not { } known || (int)((uint)stamp.Serial - (uint)known.Serial) > 0)
                last = stamp;
        }

        return last;
    }

    static EventStamp? FindIn(IFiles files, string path, DateTimeOffset notBefore)
    {
        try
        {
            using SafeFileHandle handle = files.OpenForReading(path);
            long length = RandomAccess.GetLength(handle);
            byte[] tail = new byte[Math.Min(length, TailBytes)];
            int read = RandomAccess.Read(handle, tail, length - tail.Length);
            return FindIn(tail.AsSpan(0, read), notBefore.ToUnixTimeMilliseconds());
        }
        catch (Exception exception) when (exception is TrailException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
