using Akashi.Host;

namespace Akashi.Testing;

/// <summary>A kernel's audit in memory: keeps rules and status as the real one does, refuses what the test says.</summary>
public sealed class ScriptedKernel : IAuditKernel
{
    const int NoSuchFile = 2;
    const int FileExists = 17;
    const int InvalidArgument = 22;
    const uint PrependFlag = 0x10;

    readonly List<byte[]> _rules = [];
    AuditStatus _status = new(Enabled: 1, Failure: 1, Pid: 0, RateLimit: 0, BacklogLimit: 64, Lost: 0, Backlog: 0,
        FeatureBitmap: 0x7F, BacklogWaitTime: 15000, BacklogWaitTimeActual: 0);

    /// <summary>The status; the test may set it.</summary>
    public AuditStatus Status { get => _status; set => _status = value; }

    /// <summary>The features.</summary>
    public AuditFeatures Features { get; set; }

    /// <summary>The loaded rules, in the order of the list.</summary>
    public IReadOnlyList<byte[]> Rules => _rules;

    /// <summary>User messages that were sent: type and text.</summary>
    public List<(int Type, string Text)> Messages { get; } = [];

    /// <summary>What was asked, one word each, in order.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>The error number that a request is refused with, by its name (<c>add rule</c>); absent for none.</summary>
    public Dictionary<string, (int Errno, string Reason)> Refusals { get; } = [];

    /// <summary>Rules that it takes for invalid (EINVAL); null for none.</summary>
    public Func<byte[], bool>? Unknown { get; set; }

    /// <summary>Rules whose path has no directory (ENOENT); null for none.</summary>
    public Func<byte[], bool>? Pathless { get; set; }

    /// <summary>A request that is refused once: its name and which time it's asked, from 1; the reason is ENOMEM.</summary>
    public (string Request, int Occurrence) RefusedOccurrence { get; set; }

    /// <summary>The request that is refused with EIO, counted from 1 over adding and deleting rules; 0 for none. Only the one: what follows works.</summary>
    public int RefusedChange { get; set; }

    /// <summary>How often rules were added or deleted.</summary>
    public int Changes { get; private set; }

    /// <summary>How often it was closed.</summary>
    public int DisposeCount { get; private set; }

    public AuditStatus GetStatus()
    {
        Refuse("get status");
        return _status;
    }

    public uint SetStatus(AuditStatusMask mask, in AuditStatus status)
    {
        Refuse("set status");
        AuditStatus old = _status;
        if (mask.HasFlag(AuditStatusMask.Enabled))
            _status = _status with { Enabled = status.Enabled };
        if (mask.HasFlag(AuditStatusMask.Failure))
            _status = _status with { Failure = status.Failure };
        if (mask.HasFlag(AuditStatusMask.Pid))
            _status = _status with { Pid = status.Pid };
        if (mask.HasFlag(AuditStatusMask.RateLimit))
            _status = _status with { RateLimit = status.RateLimit };
        if (mask.HasFlag(AuditStatusMask.BacklogLimit))
            _status = _status with { BacklogLimit = status.BacklogLimit };
        if (mask.HasFlag(AuditStatusMask.BacklogWaitTime))
            _status = _status with { BacklogWaitTime = status.BacklogWaitTime };
        if (mask.HasFlag(AuditStatusMask.Lost))
            _status = _status with { Lost = 0 };
        if (mask.HasFlag(AuditStatusMask.BacklogWaitTimeActual))
            _status = _status with { BacklogWaitTimeActual = 0 };
        return mask switch
        {
            AuditStatusMask.Lost => old.Lost,
            AuditStatusMask.BacklogWaitTimeActual => old.BacklogWaitTimeActual,
            _ => 0,
        };
    }

    public AuditFeatures GetFeatures() => Features;

    public void SetFeatures(in AuditFeatures features)
    {
        Refuse("set features");
        Features = Features with
        {
            Features = (Features.Features & ~features.Mask) | (features.Features & features.Mask),
            Lock = Features.Lock | (features.Lock & features.Mask),
        };
    }

    // The kernel lists one list after the other.
    public IReadOnlyList<byte[]> ListRules() => [.. _rules.OrderBy(rule => rule[0])];

    public void AddRule(ReadOnlySpan<byte> rule)
    {
        Refuse("add rule");
        CountChange("add rule");
        byte[] held = WithoutPrepend(rule, out bool isPrepended);
        if (Unknown?.Invoke(held) == true)
            throw Refusal("add rule", InvalidArgument, "Invalid argument");
        if (Pathless?.Invoke(held) == true)
            throw Refusal("add rule", NoSuchFile, "No such file or directory");
        if (_rules.Exists(other => other.AsSpan().SequenceEqual(held)))
            throw Refusal("add rule", FileExists, "File exists");
        _rules.Insert(isPrepended ? 0 : _rules.Count, held);
    }

    public void DeleteRule(ReadOnlySpan<byte> rule)
    {
        Refuse("delete rule");
        CountChange("delete rule");
        byte[] held = WithoutPrepend(rule, out _);
        int index = _rules.FindIndex(other => other.AsSpan().SequenceEqual(held));
        if (index < 0)
            throw Refusal("delete rule", NoSuchFile, "No such file or directory");
        _rules.RemoveAt(index);
    }

    public void SendUserMessage(int type, ReadOnlySpan<byte> text)
    {
        Refuse("send user message");
        Messages.Add((type, System.Text.Encoding.UTF8.GetString(text)));
    }

    public SignalSender GetSignalSender() => new(0, 0, "");

    public void Trim() => Refuse("trim");

    public void MakeEquivalent(string mount, string subtree) => Refuse($"make equivalent {mount} {subtree}");

    public void Dispose() => DisposeCount++;

    // The kernel tells rules without the flag that put them first, and clears the class bits of the mask.
    static byte[] WithoutPrepend(ReadOnlySpan<byte> rule, out bool isPrepended)
    {
        byte[] held = rule.ToArray();
        isPrepended = (held[0] & PrependFlag) != 0;
        held[0] &= unchecked((byte)~PrependFlag);
        held[266] = held[267] = 0;
        return held;
    }

    void CountChange(string request)
    {
        if (++Changes == RefusedChange)
            throw Refusal(request, 5, "Input/output error");
    }

    void Refuse(string request)
    {
        Requests.Add(request);
        if (request == RefusedOccurrence.Request && Requests.Count(asked => asked == request) == RefusedOccurrence.Occurrence)
            throw Refusal(request, 12, "Cannot allocate memory");
        if (Refusals.TryGetValue(request, out var refusal))
            throw Refusal(request, refusal.Errno, refusal.Reason);
    }

    static KernelRequestException Refusal(string request, int errno, string reason) => new(request, errno, 1, reason);
}
