using Akashi.Configuration;
using Akashi.Diagnostics;
using Akashi.Host;

namespace Akashi.Remote;

/// <summary>tls_allowed_clients: who may connect to a receiver.</summary>
/// <remarks>
/// <code>
/// NAME enabled|disabled [key=/FILE] [node=NAME]... [other words, which are notes]
/// </code>
/// NAME is an identity (psk) or a name of the certificate (x509); <c>#</c> begins a comment line. <c>key=</c> is 4.2's, <c>node=</c> ours: another machine whose records it may
/// send, <c>node=*</c> for any. <c>allow</c> and <c>deny</c> mean the same as 4.2's words. Who isn't listed may not connect.
/// </remarks>
public sealed class TlsClients
{
    const int FaultNumber = 58;

    readonly Dictionary<string, TlsClient> _all = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Those that are listed.</summary>
    public IReadOnlyCollection<TlsClient> All => _all.Values;

    /// <summary>The line of a name; null for none.</summary>
    public TlsClient? Find(string name) => _all.GetValueOrDefault(name);

    /// <summary>Reads the file: one that nobody but root can have written.</summary>
    /// <param name="files">The machine's files.</param>
    /// <param name="path">Where it is.</param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    public static TlsClients Read(IFiles files, string path, DiagnosticBag diagnostics) =>
        AuditdConfigurationFile.ReadText(files, path, allowsLink: false, diagnostics) is { } text ? Parse(text, path, diagnostics) : new TlsClients();

    /// <summary>Reads the file's text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">Its path.</param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    public static TlsClients Parse(string text, string file, DiagnosticBag diagnostics)
    {
        var clients = new TlsClients();
        int number = 0;
        foreach (string line in text.Split('\n'))
        {
            number++;
            string[] words = line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0 && !words[0].StartsWith('#') && clients.Add(words) is { } fault)
                diagnostics.Add(new Diagnostic(FaultNumber, Severity.Error, fault) { File = file, Line = number });
        }

        return clients;
    }

    string? Add(string[] words)
    {
        string name = QuotedText.Of(words[0]);
        if (!TlsPeer.IsName(words[0]))
            return $"'{name}' is no name: 1 to {ReceivedText.NodeBytesMax} printable letters without = \" '";
        if (words.Length < 2 || words[1] is not ("enabled" or "disabled" or "allow" or "deny"))
            return $"'{name}' is followed by '{(words.Length < 2 ? "" : QuotedText.Of(words[1]))}', not by enabled or disabled";
        string keyFile = "";
        List<string> nodes = [];
        foreach (string word in words.AsSpan(2))
        {
            if (word.StartsWith("key=", StringComparison.Ordinal))
                keyFile = word[4..];
            else if (word.StartsWith("node=", StringComparison.Ordinal))
                nodes.Add(word[5..]);
        }

        if (keyFile.Length > 0 && !keyFile.StartsWith('/'))
            return $"key= of '{name}' is '{QuotedText.Of(keyFile)}', not an absolute path";
        if (nodes.Find(node => !TlsPeer.IsName(node)) is { } bad)
            return $"node= of '{name}' is '{QuotedText.Of(bad)}', not a name or *";
        return _all.TryAdd(words[0], new TlsClient(words[0], words[1] is "enabled" or "allow", keyFile, nodes)) ? null : $"'{name}' is there twice";
    }
}

/// <summary>A line of it.</summary>
/// <param name="Name">Whom it's about.</param>
/// <param name="IsAllowed">Whether they may connect.</param>
/// <param name="KeyFile">The file of their own key; empty for the common one.</param>
/// <param name="Nodes">Other machines whose records they may send.</param>
public sealed record TlsClient(string Name, bool IsAllowed, string KeyFile, IReadOnlyList<string> Nodes);
