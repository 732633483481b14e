using Akashi.Configuration;
using Akashi.Host;

namespace Akashi.Daemon.Remote;

/// <summary>Where a receiver keeps what it must know after a kill, and the logs of nodes.</summary>
/// <param name="Files">The machine's files.</param>
/// <param name="Configuration">auditd.conf: the logs of nodes are written, rotated and flushed as the trail is.</param>
/// <param name="Readers">The group that may read them; null for none.</param>
public sealed record ReceivingPlace(IFiles Files, AuditdConfiguration Configuration, uint? Readers);
