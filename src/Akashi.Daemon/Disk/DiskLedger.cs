namespace Akashi.Daemon.Disk;

/// <summary>What the disk took, and what it refused, counted until it can be said in the trail itself.</summary>
/// <remarks>Written by the write stage; read by any thread.</remarks>
public sealed class DiskLedger
{
    long _writtenRecords;
    long _refusedRecords;
    long _unsaidRecords;

    /// <summary>Records in the trail since the start.</summary>
    public long WrittenRecords => Volatile.Read(ref _writtenRecords);

    /// <summary>Records that are not in the trail because the disk refused them, or writing was suspended, since the start.</summary>
    public long RefusedRecords => Volatile.Read(ref _refusedRecords);

    /// <summary>Those that no record of the trail speaks of yet.</summary>
    public long UnsaidRecords => Volatile.Read(ref _unsaidRecords);

    internal void Take(long records) => Volatile.Write(ref _writtenRecords, _writtenRecords + records);

    internal void Refuse(long records)
    {
        Volatile.Write(ref _refusedRecords, _refusedRecords + records);
        Volatile.Write(ref _unsaidRecords, _unsaidRecords + records);
    }

    internal void Say() => Volatile.Write(ref _unsaidRecords, 0);
}
