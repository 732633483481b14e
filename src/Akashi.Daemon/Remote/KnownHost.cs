using Akashi.Control;
using Akashi.Remote;

namespace Akashi.Daemon.Remote;

/// <summary>One node, as the receiver knows it.</summary>
/// <remarks>Changed by the receiver's thread, but for what says otherwise; read by any: each value is whole by itself.</remarks>
sealed class KnownHost(string node)
{
    static readonly string[] s_sources = ["sender", .. Enum.GetValues<LossSource>().Select(LossCount.NameOf)];

    readonly long[] _losses = new long[s_sources.Length];
    double _rate;
    long _recordsRated;

    /// <summary>Its name.</summary>
    public string Node => node;

    /// <summary>Whose name it is; empty for nobody's.</summary>
    public string Sender { get; set; } = "";

    /// <summary>The directory of its log, a name; empty where it has none.</summary>
    public string Directory { get; set; } = "";

    /// <summary>Where its last record came from.</summary>
    public string Address { get; set; } = "";

    /// <summary>How.</summary>
    public string Transport { get; set; } = "";

    /// <summary>What sent it.</summary>
    public string Program { get; set; } = "";

    /// <summary>When its first record came, milliseconds since the epoch.</summary>
    public long First { get; set; }

    /// <summary>When it was last heard.</summary>
    public long Heard { get; set; }

    /// <summary>Its records.</summary>
    public long Records { get; set; }

    /// <summary>Milliseconds from the last record's stamp to its arrival.</summary>
    public long? Lag { get; set; }

    /// <summary>Milliseconds that its clock is behind.</summary>
    public long? Behind { get; set; }

    /// <summary>Messages refused.</summary>
    public long Refused { get; set; }

    /// <summary>Whether nothing came under its name but what akashi setup sends to see whether this machine listens: no host then.</summary>
    public bool IsTrialAlone { get; set; }

    /// <summary>Whether it was said to be silent.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Whether the trail was told that it has taken its share.</summary>
    public bool IsFullSaid { get; set; }

    /// <summary>The connection that it was last heard over.</summary>
    public RemoteClient? Client { get; set; }

    /// <summary>By the write stage: whether its directory has taken its share.</summary>
    public volatile bool IsFull;

    /// <summary>By the write stage: bytes of its logs.</summary>
    public long DirectoryBytes;

    /// <summary>Counts what it said of itself.</summary>
    public void AddLoss(ReadOnlySpan<char> source, long count)
    {
        for (int index = 0; index < s_sources.Length; index++)
        {
            if (source.SequenceEqual(s_sources[index]))
                _losses[index] += count;
        }
    }

    /// <summary>What its sender gave up, all of it.</summary>
    public void SetSenderLoss(long count) => _losses[0] = count;

    /// <summary>Looks how many records came since it was last called.</summary>
    /// <param name="elapsed">How long ago that was.</param>
    public void Rate(TimeSpan elapsed)
    {
        double seconds = Math.Max(elapsed.TotalSeconds, 0.001);
        double now = (Records - _recordsRated) / seconds;
        _recordsRated = Records;
        _rate += (now - _rate) * (1 - Math.Exp(-seconds / 10));
    }

    /// <summary>What of it is kept from one service to the next.</summary>
    public static KnownHost Of(HostStatus kept)
    {
        var host = new KnownHost(kept.Node)
        {
            Sender = kept.Sender, Directory = DirectoryOf(kept.Node), Address = kept.Address, Transport = kept.Transport, Program = kept.Program, First = kept.First.ToUnixTimeMilliseconds(),
            Heard = kept.Heard.ToUnixTimeMilliseconds(), Records = kept.Records, Refused = kept.Refused, IsSilent = kept.IsSilent, _recordsRated = kept.Records,
        };
        foreach ((string source, long count) in kept.Losses)
            host.AddLoss(source, count);
        return host;
    }

    // Of the name alone: whatever a file says, no log leads elsewhere.
    static string DirectoryOf(string node) => node == NodeDirectoryName.Others ? node
        : node.StartsWith('@') ? NodeDirectoryName.OfSender(node[1..])
        : NodeDirectoryName.OfNode(node) ?? NodeDirectoryName.Others;

    /// <summary>How it is.</summary>
    public HostStatus Describe() => new()
    {
        Node = node, Sender = Sender, Address = Address, Transport = Transport, Program = Program,
        First = DateTimeOffset.FromUnixTimeMilliseconds(First), Heard = DateTimeOffset.FromUnixTimeMilliseconds(Heard), Records = Records, Rate = _rate < 0.05 ? 0 : _rate,
        LagMilliseconds = Lag, BehindMilliseconds = Behind, Refused = Refused, IsConnected = Client is { IsClosed: false, IsAtEnd: false }, IsSilent = IsSilent, IsFull = IsFull,
        IsSlowed = Client is { IsClosed: false, IsSlowed: true }, Directory = Directory, DirectoryBytes = Volatile.Read(ref DirectoryBytes),
        Losses = [.. s_sources.Select((source, index) => (source, _losses[index])).Where(loss => loss.Item2 > 0)],
    };
}
