using System.Text;
using Akashi.Configuration;
using Akashi.Host;

namespace Akashi.Daemon;

/// <summary>What stands behind <c>node=</c>.</summary>
public static class NodeName
{
    /// <summary>The name that name_format wants, as bytes; empty for none.</summary>
    /// <exception cref="AuditException">The domain system doesn't know this machine.</exception>
    public static ReadOnlyMemory<byte> Find(IHost host, AuditdConfiguration configuration) => configuration.NameFormat switch
    {
        NameFormat.None => default,
        NameFormat.User => Encoding.UTF8.GetBytes(configuration.Name),
        NameFormat.FullyQualified => Known(host, host.FindCanonicalName(host.Name), "fqd"),
        NameFormat.Numeric => Known(host, host.FindAddress(host.Name), "numeric"),
        _ => Encoding.UTF8.GetBytes(host.Name),
    };

    static byte[] Known(IHost host, string? found, string word) => found is not null
        ? Encoding.UTF8.GetBytes(found)
        : throw new AuditException($"name_format = {word}: the name of this machine, '{host.Name}', cannot be resolved");
}
