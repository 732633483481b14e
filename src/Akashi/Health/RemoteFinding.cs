namespace Akashi.Health;

/// <summary>Keys of remote logging, which no daemon here serves yet.</summary>
static class RemoteFinding
{
    const string Name = "remote";

    public static Finding? Of(HealthFacts facts)
    {
        return facts.Configuration is { ListensForMachines: true } configuration
            ? Finding.Warning(Name, $"tcp_listen_port = {configuration.ListenPort}: remote not served yet", "other machines' records are not received", "take tcp_listen_port away, or keep the original auditd on this machine")
            : null;
    }
}
