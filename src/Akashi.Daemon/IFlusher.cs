namespace Akashi.Daemon;

/// <summary>Decides when written records must be on the disk: flush and freq of auditd.conf.</summary>
public interface IFlusher : IDisposable
{
    /// <summary>Called on the writer's thread after each group.</summary>
    /// <param name="records">Records of the group.</param>
    /// <exception cref="Akashi.Host.TrailException">The disk refused.</exception>
    void Written(int records);
}
