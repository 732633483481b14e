namespace Akashi.Health;

/// <summary>Transports of remote logging that no daemon here serves yet.</summary>
static class RemoteFinding
{
    const string Name = "remote";

    public static Finding? Of(HealthFacts facts)
    {
        return facts.Configuration is { ListensForMachines: true, ServesMachines: false } configuration
            ? Finding.Warning(Name, $"transport = {configuration.Transport.ToString().ToLowerInvariant()}: remote not served yet over it", "other machines' records are not received", "set transport = tls, or keep the original auditd on this machine")
            : null;
    }
}
