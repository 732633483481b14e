using System.Globalization;
using Akashi.Configuration;
using Akashi.Host;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Daemon.Recorder;

/// <summary>Whether the file system of the recordings has room for one more.</summary>
/// <param name="Space">Its room.</param>
/// <param name="LimitBytes">What must be free.</param>
/// <param name="Fault">Why nothing can be begun; empty where it can.</param>
readonly record struct RecorderRoom(FileSystemSpace Space, long LimitBytes, string Fault)
{
    /// <summary>Looks.</summary>
    public static RecorderRoom Look(IFiles files, string directory, SpaceLimit limit)
    {
        const long Megabyte = 1 << 20;
        try
        {
            using SafeFileHandle handle = files.OpenForReading(directory);
            FileSystemSpace space = files.SpaceAround(handle, directory);
            long bytes = limit.Megabytes(space.Bytes) * Megabyte;
            return new RecorderRoom(space, bytes, space.FreeBytes >= bytes ? "" : string.Create(
                CultureInfo.InvariantCulture, $"the disk has {space.FreeBytes / Megabyte} MiB free, less than min_free = {limit}{(limit.IsPercent ? "" : " MiB")}"));
        }
        catch (AuditException exception)
        {
            return new RecorderRoom(default, 0, exception.Message);
        }
    }
}
