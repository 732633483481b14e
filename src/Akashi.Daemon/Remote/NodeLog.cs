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
    public void Measure()
    {
        _closedBytes = 0;
        foreach (FileInfo file in new DirectoryInfo(Path.GetDirectoryName(writer.Path)!).EnumerateFiles(Path.GetFileName(writer.Path) + ".*"))
        {
            if (AuditTrail.RotationNumber(file.Name, Path.GetFileName(writer.Path), takesPacked: true) > 0)
                _closedBytes += file.Length;
        }
    }
}
