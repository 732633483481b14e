using Akashi.Configuration;
using Akashi.Control;
using Akashi.Host;
using Akashi.Trail;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Daemon.Status;

/// <summary>Looks at the room of a trail: its segments, and the file system they are on.</summary>
public static class TrailRoomLook
{
    /// <summary>Looks.</summary>
    /// <exception cref="TrailException">Its directory can't be read.</exception>
    public static TrailRoom Take(IFiles files, AuditdConfiguration configuration)
    {
        string path = configuration.LogFile;
        string directory = Path.GetDirectoryName(path)!;
        var room = new TrailRoom { TrailBytesMax = BytesMax(configuration) };
        try
        {
            foreach (FileInfo file in new DirectoryInfo(directory).EnumerateFiles(Path.GetFileName(path) + "*"))
            {
                if (file.FullName == path || AuditTrail.RotationNumber(file.FullName, Path.GetFileName(path), takesPacked: true) > 0)
                    room = room with { TrailBytes = room.TrailBytes + file.Length, Segments = room.Segments + 1 };
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FileFault.Of("list", directory, exception);
        }

        using SafeFileHandle handle = files.OpenForReading(directory);
        FileSystemSpace space = files.SpaceAround(handle, directory);
        return room with
        {
            DiskBytes = space.Bytes,
            FreeBytes = space.FreeBytes,
            SpaceLeftBytes = configuration.SpaceLeft.Megabytes(space.Bytes) << 20,
        };
    }

    // Only rotation by size bounds a trail; keep_logs removes nothing.
    static long BytesMax(AuditdConfiguration configuration)
    {
        RotationSettings rotation = configuration.Rotation;
        return rotation.RotatesBySize && !rotation.KeepsAll && rotation.SegmentsMax >= 2 ? rotation.SegmentBytesMax * rotation.SegmentsMax : 0;
    }
}
