using Akashi.Host;
using Akashi.Trail;

namespace Akashi.Daemon.Remote;

/// <summary>The log of one directory of node_log_dir.</summary>
/// <param name="writer">Writes it; its file is closed while others are in use.</param>
sealed class NodeLog(TrailWriter writer)
{
    long _closedBytes;

    /// <summary>Writes it.</summary>
    public TrailWriter Writer => writer;

    /// <summary>Its place in the order of use; null while its file is closed.</summary>
    public LinkedListNode<NodeLog>? Use { get; set; }

    /// <summary>Whether something of it may not be on the disk.</summary>
    public bool IsDirty { get; set; }

    /// <summary>Bytes of all its segments.</summary>
    public long Bytes => _closedBytes + writer.Length;

    /// <summary>Looks at what lies beside the newest segment: at the beginning, and after a rotation.</summary>
    /// <exception cref="TrailException">The directory can't be read; what was known stays.</exception>
    public void Measure()
    {
        string directory = Path.GetDirectoryName(writer.Path)!;
        long bytes = 0;
        try
        {
            foreach (FileInfo file in new DirectoryInfo(directory).EnumerateFiles(Path.GetFileName(writer.Path) + ".*"))
            {
                // One may go meanwhile: somebody makes room.
                if (AuditTrail.RotationNumber(file.Name, Path.GetFileName(writer.Path), takesPacked: true) > 0 && file.Exists)
                    bytes += file.Length;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FileFault.Of("list", directory, exception);
        }

        _closedBytes = bytes;
    }
}
