using Akashi.Configuration;
using Akashi.Diagnostics;
using Akashi.Host;

namespace Akashi.Remote;

/// <summary>What one end of TLS goes by, read from the files that its configuration names: keys, and who may connect.</summary>
/// <remarks>Having one proves that the files of keys are root's and nobody else can read or write them. Certificates are read by the library that checks them.</remarks>
public sealed class TlsCredentials
{
    const int FaultNumber = 59;
    const UnixFileMode Allowed = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    readonly Dictionary<string, byte[]> _keys = new(StringComparer.Ordinal);
    readonly TlsClients? _clients;

    TlsCredentials(TlsConfiguration configuration, TlsClients? clients)
    {
        Configuration = configuration;
        _clients = clients;
    }

    /// <summary>The keys of the configuration.</summary>
    public TlsConfiguration Configuration { get; }

    /// <summary>Reads what a configuration names.</summary>
    /// <param name="files">The machine's files.</param>
    /// <param name="configuration">One that is complete.</param>
    /// <param name="receives">Whether it's a receiver's.</param>
    /// <param name="diagnostics">Receives what is wrong; what can't be used is an error.</param>
    /// <returns>Not to be used where there are errors.</returns>
    public static TlsCredentials Read(IFiles files, TlsConfiguration configuration, bool receives, DiagnosticBag diagnostics)
    {
        TlsClients? clients = receives && configuration.ClientsFile.Length > 0 ? TlsClients.Read(files, configuration.ClientsFile, diagnostics) : null;
        var credentials = new TlsCredentials(configuration, clients);
        if (configuration.UsesCertificates)
            CheckSecret(files, "tls_key_file", configuration.PrivateKeyFile, diagnostics);
        else
            credentials.ReadKeys(files, diagnostics);
        return credentials;
    }

    /// <summary>The key of an identity that may connect, or of this end's own; null for none.</summary>
    public byte[]? KeyOf(string identity) => _keys.GetValueOrDefault(identity);

    /// <summary>Who somebody is to a receiver.</summary>
    /// <param name="names">What a certificate or a key proved.</param>
    /// <returns>Null where they may not connect.</returns>
    public TlsPeer? Admit(IReadOnlyList<string> names)
    {
        IReadOnlyList<string> usable = [.. names.Where(TlsPeer.IsName)];
        if (usable.Count == 0)
            return null;
        if (_clients is null)
            return new TlsPeer(usable, []);
        TlsClient[] listed = [.. usable.Select(_clients.Find).OfType<TlsClient>()];
        return listed.Length > 0 && Array.TrueForAll(listed, client => client.IsAllowed)
            ? new TlsPeer([.. usable.OrderBy(name => _clients.Find(name) is null)], [.. listed.SelectMany(client => client.Nodes)])
            : null;
    }

    void ReadKeys(IFiles files, DiagnosticBag diagnostics)
    {
        byte[]? common = Configuration.SharedKeyFile.Length > 0 ? ReadKey(files, "tls_psk_file", Configuration.SharedKeyFile, diagnostics) : null;
        if (_clients is null)
        {
            Add(Configuration.Identity, common);
            return;
        }

        List<string> sharing = [];
        foreach (TlsClient client in _clients.All)
        {
            if (!client.IsAllowed)
                continue;
            if (client.KeyFile.Length > 0)
            {
                Add(client.Name, ReadKey(files, $"{Configuration.ClientsFile}: key= of {client.Name}", client.KeyFile, diagnostics));
                continue;
            }

            sharing.Add(client.Name);
            Add(client.Name, common);
            if (Configuration.SharedKeyFile.Length == 0)
                diagnostics.Add(new Diagnostic(FaultNumber, Severity.Error, $"{client.Name} has no key: neither key= there nor tls_psk_file") { File = Configuration.ClientsFile });
        }

        if (sharing.Count > 1)
            diagnostics.Add(new Diagnostic(FaultNumber, Severity.Warning, $"{string.Join(", ", sharing)} share a key: each can say that it is another of them; key= gives each its own") { File = Configuration.ClientsFile });
    }

    void Add(string identity, byte[]? key)
    {
        if (key is not null)
            _keys[identity] = key;
    }

    static byte[]? ReadKey(IFiles files, string keyword, string path, DiagnosticBag diagnostics)
    {
        if (!CheckSecret(files, keyword, path, diagnostics) || AuditdConfigurationFile.ReadText(files, path, allowsLink: false, diagnostics) is not { } text)
            return null;
        if (TlsSharedKey.TryRead(text, out byte[] key))
            return key;
        diagnostics.Add(new Diagnostic(FaultNumber, Severity.Error, $"{keyword}: {path} is no key: {TlsSharedKey.Legal} (openssl rand -hex 32 makes one)"));
        return null;
    }

    static bool CheckSecret(IFiles files, string keyword, string path, DiagnosticBag diagnostics)
    {
        string? reason = !files.TryLook(path, followsLink: false, out FileStatus status) ? "no such file"
            : status.Kind != FileKind.Regular ? "it is not a regular file"
            : status.Uid != 0 ? $"it is owned by user {status.Uid}, not by root"
            : (status.Mode & ~Allowed) != 0 ? $"its mode is 0{Convert.ToString((int)status.Mode, 8)}: others can read it; chmod 0600 {path}"
            : null;
        if (reason is not null)
            diagnostics.Add(new Diagnostic(FaultNumber, Severity.Error, $"{keyword}: cannot use {path}: {reason}"));
        return reason is null;
    }
}
