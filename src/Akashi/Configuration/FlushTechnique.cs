namespace Akashi.Configuration;

/// <summary>flush of auditd.conf: when records are on the disk.</summary>
public enum FlushTechnique
{
    /// <summary>When the file system likes.</summary>
    None,

    /// <summary>Every freq records; the writer waits.</summary>
    Incremental,

    /// <summary>Every freq records, by a thread of its own.</summary>
    IncrementalAsync,

    /// <summary>With every write: the data.</summary>
    Data,

    /// <summary>With every write: data and metadata.</summary>
    Sync,
}
