namespace Akashi.Host;

/// <summary>tcp_wrappers: who may use a service of this machine by /etc/hosts.allow and /etc/hosts.deny, hosts_access(5), hosts_options(5).</summary>
public interface ITcpWrappers
{
    /// <summary>What stands for a name that isn't known: what <see cref="FindName"/> returns then.</summary>
    const string UnknownName = "unknown";

    /// <summary>What stands for a name that doesn't lead back to its address, or can't be one.</summary>
    const string ParanoidName = "paranoid";

    /// <summary>Whether a client may use a service by what the files say now. One thread at a time; nobody is asked for a name, and no program of a rule is run.</summary>
    /// <param name="service">The service's name there.</param>
    /// <param name="name">The client's, of <see cref="FindName"/>.</param>
    /// <param name="address">Its address in digits.</param>
    bool MayConnect(string service, string name, string address);

    /// <summary>Any thread: the name of an address, which leads back to it; may take as long as the resolver likes.</summary>
    /// <param name="address">In digits.</param>
    string FindName(string address);
}
