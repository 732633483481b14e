namespace Akashi.Daemon.Remote;

/// <summary>Where tcp_wrappers' rules stand.</summary>
/// <param name="Allowing">hosts.allow, which comes first.</param>
/// <param name="Denying">hosts.deny.</param>
public sealed record WrapperFiles(string Allowing = "/etc/hosts.allow", string Denying = "/etc/hosts.deny");
