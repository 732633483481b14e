using System.Net;
using Akashi.Cli.CommandLine;
using Akashi.Setup;
using static Akashi.Cli.CommandLine.Assignment;

namespace Akashi.Cli.SetupCommands;

sealed partial class SetupOptions
{
    // A file's name has 255 bytes: the longest of a sender's is .NAME.bundle.akashi-new, while it's written.
    const int SenderLettersMax = 236;

    /// <summary>The options of <c>remote</c>.</summary>
    public static IReadOnlyList<Option<SetupOptions>> OfRemote { get; } =
    [
        new(null, "--to", "HOST[:PORT]", What, "send the records of this machine there",
            (typed, words) => words.TryTakeAny(out string place) ? typed.TakeServer(place) : "--to needs a machine"),
        new(null, "--receive", null, What, "receive the records of other machines", (typed, _) => Set(() => typed.Receives = true)),
        new(null, "--port", "NUMBER", What, "with --receive: the port that listens; default 60",
            (typed, words) => words.TryTakeAny(out string port) ? typed.TakePort(port) : "--port needs a number"),
        new(null, "--from", "NETWORK", What, "with --receive: who may send, such as 10.0.0.0/8 or 192.168.1.7; may be given more than once (Akashi's auditd alone goes by it)",
            (typed, words) => words.TryTakeAny(out string network) ? typed.TakeNetwork(network) : "--from needs a network"),
        new(null, "--make-certificates", null, What, "with --receive: make an authority and this machine's certificate, and have auditd use TLS with them; one that ends soon is made anew",
            (typed, _) => Set(() => typed.MakesCertificates = true)),
        new(null, "--name", "NAME", What, "with --make-certificates: what senders call this machine, a name or an address, beside its host name; may be given more than once",
            (typed, words) => words.TryTakeAny(out string name) ? typed.TakeName(name) : "--name needs a name"),
        new(null, "--issue", "NAME", What, "on the machine that receives: a certificate for the machine NAME (its host name), in a file that is carried there",
            (typed, words) => words.TryTakeAny(out string name) ? TakeSender("--issue", name, value => typed.IssuesTo = value) : "--issue needs the name of a machine"),
        new(null, "--certificates", "FILE", What, "with --to: the file that --issue made, for TLS",
            (typed, words) => words.TryTakeAny(out string path) && path.Length > 0 ? Set(() => typed.BundlePath = path) : "--certificates needs a file"),
        new(null, "--revoke", "NAME", What, "on the machine that receives: the machine NAME is believed no more, whatever certificate of --issue it has",
            (typed, words) => words.TryTakeAny(out string name) ? TakeSender("--revoke", name, value => typed.Revokes = value) : "--revoke needs the name of a machine"),
        new(null, "--renew-authority", null, What, "on the machine that receives: a new authority, believed beside the one that is there; given again, when each sender has a bundle of it, the former one ends",
            (typed, _) => Set(() => typed.RenewsAuthority = true)),
    ];

    /// <summary>The receiver that records are sent to; null for none.</summary>
    public string? RemoteServer { get; private set; }

    public bool Receives { get; private set; }

    /// <summary>The receiver's port.</summary>
    public int RemotePort { get; private set; } = RemoteRefusal.PortDefault;

    /// <summary>The networks that may send; none for any.</summary>
    public List<string> From { get; } = [];

    /// <summary>Whether a receiver's certificates are made.</summary>
    public bool MakesCertificates { get; private set; }

    /// <summary>What senders call the receiver, beside its host name.</summary>
    public List<string> ReceiverNames { get; } = [];

    /// <summary>The machine that a certificate is made for; null for none.</summary>
    public string? IssuesTo { get; private set; }

    /// <summary>The file with a sender's certificate, its key and the authority; null for none.</summary>
    public string? BundlePath { get; private set; }

    /// <summary>The machine whose certificates are revoked; null for none.</summary>
    public string? Revokes { get; private set; }

    /// <summary>Whether the authority is renewed.</summary>
    public bool RenewsAuthority { get; private set; }

    string? TakeServer(string place)
    {
        // An IPv6 address has colons of its own: [fd00::1]:60.
        int colon = place.StartsWith('[') ? place.IndexOf("]:", StringComparison.Ordinal) + 1 : place.Count(letter => letter == ':') == 1 ? place.IndexOf(':', StringComparison.Ordinal) : 0;
        if (colon > 0 && TakePort(place[(colon + 1)..]) is not null)
            return $"--to {place}: a port is a number from 1 to 65535";
        string server = (colon > 0 ? place[..colon] : place).Trim('[', ']');

        // The address of a link has its interface behind it; what DNS looks up may end with a dot.
        if (!IsAddress(server.Split('%')[0]) && !MachineName.IsUsable(server.EndsWith('.') ? server[..^1] : server))
            return $"--to needs the name or address of a machine, not '{place}': {MachineName.Allowed}";
        RemoteServer = server;
        return null;
    }

    string? TakePort(string word)
    {
        if (!int.TryParse(word, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int port) || port is < 1 or > 65535)
            return $"--port is a number from 1 to 65535, not '{word}'";
        RemotePort = port;
        return null;
    }

    string? TakeNetwork(string network)
    {
        if (!Akashi.Configuration.AddressRanges.TryParse(network, out _))
            return $"--from is an address or a network such as 10.0.0.0/8 or fd00::/8, not '{network}'";
        From.Add(network);
        return null;
    }

    string? TakeName(string name)
    {
        if (!IsAddress(name) && !MachineName.IsUsable(name))
            return $"--name needs the name or address of a machine, not '{name}': {MachineName.Allowed}";
        ReceiverNames.Add(name.ToLowerInvariant());
        return null;
    }

    // Its records' node is its host name: an address is nobody's. In small letters, as WEB and web are one machine, with one file.
    static string? TakeSender(string option, string name, Action<string> assign)
    {
        if (IsAddress(name) || !MachineName.IsUsable(name))
            return $"{option} needs the host name of a machine, not '{name}': {MachineName.Allowed}";
        if (name.Length > SenderLettersMax)
            return $"{option} needs a name of {SenderLettersMax} letters at most, as files are called by it, not '{name}'";
        assign(name.ToLowerInvariant());
        return null;
    }

    static bool IsAddress(string name) => IPAddress.TryParse(name, out _);
}
