using Akashi.Configuration;
using Akashi.Control;
using Akashi.Daemon.State;

namespace Akashi.Daemon.Status;

/// <summary>Where a service is found by others, and what it is called there.</summary>
/// <param name="Program">What records: <c>auditd</c>, <c>akashi start</c>.</param>
/// <param name="Directory">Where socket and mark are; <see cref="RunPlace.Root"/> but in tests.</param>
/// <param name="Own">akashi.conf.</param>
/// <param name="Build">The version of Akashi.</param>
public sealed record ServicePlace(string Program, string Directory, AkashiConfiguration Own, string Build)
{
    /// <summary>The control socket.</summary>
    public string SocketPath => Path.Combine(Directory, Path.GetFileName(ControlRequest.SocketPath));
}
