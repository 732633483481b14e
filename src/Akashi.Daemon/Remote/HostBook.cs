using System.Text;
using Akashi.Control;
using Akashi.Remote;

namespace Akashi.Daemon.Remote;

/// <summary>The hosts that a receiver knows, and whose each node's name is.</summary>
/// <remarks>
/// Where names are pinned, one belongs to the sender that used it first. What another sends under it goes to a host of its own, <c>@ADDRESS</c>, and so does what a sender sends
/// under more names than it may use; what is beyond the number of hosts goes to <c>@@others</c>. Nothing is dropped. Changed by the receiver's thread; listed by any.
/// </remarks>
sealed class HostBook
{
    readonly Lock _gate = new();
    readonly Dictionary<string, KnownHost> _hosts = [];
    readonly Dictionary<string, int> _namesOfSenders = [];
    Dictionary<string, KnownHost>.AlternateLookup<ReadOnlySpan<char>> _byName;

    /// <summary>Makes it of what an earlier service knew.</summary>
    public HostBook(IEnumerable<HostStatus> kept)
    {
        foreach (HostStatus status in kept)
        {
            _hosts.TryAdd(status.Node, KnownHost.Of(status));
            if (!status.Node.StartsWith('@') && status.Sender.Length > 0)
                CountName(status.Sender, 1);
        }

        _byName = _hosts.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The receiver's thread: all hosts.</summary>
    public IEnumerable<KnownHost> All => _hosts.Values;

    /// <summary>The host that a record belongs to.</summary>
    /// <param name="sender">Who sends it; empty for this machine itself, which may use any name.</param>
    /// <param name="node">The record's node.</param>
    /// <param name="settings">What holds.</param>
    /// <param name="owner">The host whose name it used, where it isn't its own; else null.</param>
    public KnownHost Find(string sender, ReadOnlySpan<byte> node, CollectorSettings settings, out KnownHost? owner)
    {
        owner = null;
        Span<char> name = stackalloc char[ReceivedText.NodeBytesMax];
        name = name[..Encoding.Latin1.GetChars(node, name)];
        if (name.StartsWith('@'))
            return FindSender(sender, settings);
        if (!_byName.TryGetValue(name, out KnownHost? host))
            return Add(name.ToString(), sender, settings);
        if (!settings.PinsNames || sender.Length == 0 || host.Sender == sender)
            return host;
        if (host.Sender.Length == 0)
        {
            Give(host, sender);
            return host;
        }

        owner = host;
        return FindSender(sender, settings);
    }

    /// <summary>A name is nobody's again: the next sender that uses it has it from then on.</summary>
    /// <returns>False where there is no such host.</returns>
    public bool TryForget(string node)
    {
        lock (_gate)
        {
            if (!_hosts.Remove(node, out KnownHost? host))
                return false;
            if (!node.StartsWith('@') && host.Sender.Length > 0)
                CountName(host.Sender, -1);
            return true;
        }
    }

    /// <summary>Any thread: how they are.</summary>
    public IReadOnlyList<HostStatus> Describe()
    {
        lock (_gate)
            return [.. _hosts.Values.Where(host => !host.IsTrialAlone).Select(host => host.Describe())];
    }

    KnownHost Add(string node, string sender, CollectorSettings settings)
    {
        bool isOneTooMany = settings.PinsNames && _namesOfSenders.GetValueOrDefault(sender) >= CollectorSettings.NamesPerSenderMax;
        if (isOneTooMany || NodeDirectoryName.OfNode(node) is not { } directory)
            return FindSender(sender, settings);
        if (!HasRoom(settings))
            return FindOthers();
        KnownHost host = Enter(new KnownHost(node) { Directory = directory });
        Give(host, sender);
        return host;
    }

    KnownHost FindSender(string sender, CollectorSettings settings)
    {
        string name = "@" + sender;
        if (_hosts.TryGetValue(name, out KnownHost? host))
            return host;
        return HasRoom(settings) ? Enter(new KnownHost(name) { Sender = sender, Directory = NodeDirectoryName.OfSender(sender) }) : FindOthers();
    }

    KnownHost FindOthers() => _hosts.TryGetValue(NodeDirectoryName.Others, out KnownHost? host)
        ? host
        : Enter(new KnownHost(NodeDirectoryName.Others) { Directory = NodeDirectoryName.Others });

    bool HasRoom(CollectorSettings settings) => _hosts.Count < (settings.Directory.Length > 0 ? settings.DirectoriesMax : CollectorSettings.HostsMax);

    KnownHost Enter(KnownHost host)
    {
        lock (_gate)
            _hosts.Add(host.Node, host);
        return host;
    }

    void Give(KnownHost host, string sender)
    {
        host.Sender = sender;
        if (sender.Length > 0)
            CountName(sender, 1);
    }

    void CountName(string sender, int by)
    {
        int count = _namesOfSenders.GetValueOrDefault(sender) + by;
        if (count > 0)
            _namesOfSenders[sender] = count;
        else
            _namesOfSenders.Remove(sender);
    }
}
