using Akashi.Events;
using Akashi.Host;
using Akashi.Interpretation;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Reports.Guests;

/// <summary>What happened to the guests of virtual machine managers, put together from VIRT_ records, denials and anomalies as auvirt(8) of 3.0.9 does.</summary>
/// <remarks>
/// A guest is its uuid. VIRT_CONTROL starts and stops it, and ends what it held; VIRT_RESOURCE gives and takes resources: <c>old-disk=</c> ends what <c>new-disk=</c> had
/// begun. VIRT_MACHINE_ID gives the security context by which denials are known to be a guest's. Stops of guests that nobody started are passed over.
/// </remarks>
/// <param name="accounts">Names of users where a record isn't enriched.</param>
public sealed class GuestHistory(IAccounts accounts)
{
    readonly List<GuestEvent> _events = [];
    readonly List<MachineId> _machines = [];
    readonly InterpretedText _text = new();

    /// <summary>Only guests of this name; null for all.</summary>
    public byte[]? Name { get; init; }

    /// <summary>Only this guest; null for all.</summary>
    public byte[]? Uuid { get; init; }

    /// <summary>What happened, in the trail's order.</summary>
    public IReadOnlyList<GuestEvent> Events => _events;

    /// <summary>When the first of what was taken happened, contexts of guests too; null where nothing was. Seconds since the epoch.</summary>
    public long? First { get; private set; }

    /// <summary>When the last of it happened.</summary>
    public long? Last { get; private set; }

    /// <summary>Takes the next event.</summary>
    public void Add(AuditEvent auditEvent)
    {
        RecordType type = auditEvent[0].Type;
        int taken = _events.Count + _machines.Count;
        if (type is RecordType.VirtControl or RecordType.VirtResource or RecordType.VirtMachineId)
            AddReported(auditEvent, type);
        else if (type == RecordType.Avc)
            AddDenial(auditEvent);
        else if (type is >= RecordType.AnomPromiscuous and <= (RecordType)1799 or >= RecordType.AnomLoginFailures and <= (RecordType)2199)
            AddAnomaly(auditEvent);
        if (_events.Count + _machines.Count == taken)
            return;
        First ??= auditEvent.Stamp.UnixSeconds;
        Last = auditEvent.Stamp.UnixSeconds;
    }

    void AddReported(AuditEvent auditEvent, RecordType type)
    {
        byte[] name = Find(auditEvent, "vm"u8), uuid = Find(auditEvent, "uuid"u8);
        if (name.Length == 0 || uuid.Length == 0 || !IsWanted(name, uuid))
            return;
        if (type == RecordType.VirtMachineId)
            _machines.Add(new MachineId(name, uuid, Find(auditEvent, "vm-ctx"u8), auditEvent.Stamp.Serial));
        else if (type == RecordType.VirtControl)
            AddControl(auditEvent, name, uuid);
        else
            AddResource(auditEvent, name, uuid);
    }

    void AddControl(AuditEvent auditEvent, byte[] name, byte[] uuid)
    {
        byte[] operation = Find(auditEvent, "op"u8);
        bool isFailure = !IsSuccess(auditEvent);
        bool isStart = operation.AsSpan().SequenceEqual("start"u8);
        if (!isStart && !operation.AsSpan().SequenceEqual("stop"u8))
            return;

        // A guest that stops, or could not be started, holds nothing any more.
        if (!isStart || isFailure)
            EndResources(uuid, auditEvent.Stamp);
        if (isStart)
        {
            _events.Add(Make(auditEvent, GuestEventKind.Start, name, uuid, isFailure));
            return;
        }

        GuestEvent? running = _events.FindLast(known => known.Kind == GuestEventKind.Start && !known.IsFailure && IsSame(known.Uuid, uuid));
        if (running is not { IsOpen: true })
            return;
        if (!isFailure)
            End(running, auditEvent.Stamp);
        _events.Add(Make(auditEvent, GuestEventKind.Stop, name, uuid, isFailure));
    }

    void EndResources(byte[] uuid, EventStamp stamp)
    {
        foreach (GuestEvent held in _events)
        {
            if (held.Kind == GuestEventKind.Resource && held.IsOpen && IsSame(held.Uuid, uuid))
                End(held, stamp);
        }
    }

    void AddResource(AuditEvent auditEvent, byte[] name, byte[] uuid)
    {
        byte[] resource = Find(auditEvent, "resrc"u8), reason = Find(auditEvent, "reason"u8);
        bool isFailure = !IsSuccess(auditEvent);
        if (resource.AsSpan().SequenceEqual("cgroup"u8))
        {
            byte[] category = Find(auditEvent, "category"u8);
            _events.Add(Make(
                auditEvent, GuestEventKind.Resource, name, uuid, isFailure, resource,
                [reason, Find(auditEvent, "class"u8), Find(auditEvent, "acl"u8), category.Length > 0 ? category : Find(auditEvent, "path"u8)]));
            return;
        }

        (byte[]? old, byte[]? next) = FindChange(auditEvent, resource);
        if (old is null || next is null)
            return;
        if (!isFailure && !IsUnknown(old)
            && _events.FindLast(known => IsResource(known, uuid, resource) && IsSame(known.Value, old)) is { } ended)
            End(ended, auditEvent.Stamp);
        if (!IsUnknown(next))
            _events.Add(Make(auditEvent, GuestEventKind.Resource, name, uuid, isFailure, resource, [reason, next], next));
    }

    (byte[]? Old, byte[]? New) FindChange(AuditEvent auditEvent, ReadOnlySpan<byte> resource)
    {
        if (resource.SequenceEqual("disk"u8))
            return (TryFind(auditEvent, "old-disk"u8), TryFind(auditEvent, "new-disk"u8));
        if (resource.SequenceEqual("net"u8))
            return (Decoded(TryFind(auditEvent, "old-net"u8, isRaw: true)), Decoded(TryFind(auditEvent, "new-net"u8, isRaw: true)));
        if (resource.SequenceEqual("mem"u8))
            return (TryFind(auditEvent, "old-mem"u8), TryFind(auditEvent, "new-mem"u8));
        if (resource.SequenceEqual("vcpu"u8))
            return (TryFind(auditEvent, "old-vcpu"u8), TryFind(auditEvent, "new-vcpu"u8));
        return default;
    }

    // The original takes a hardware address for hex digits: 52:54:00 becomes R, as far as pairs of digits go.
    static byte[]? Decoded(byte[]? raw)
    {
        if (raw is null || raw.AsSpan().StartsWith("\""u8))
            return raw?.AsSpan().Trim((byte)'"').ToArray();
        int digits = raw.AsSpan().IndexOfAnyExcept("0123456789ABCDEFabcdef"u8);
        Span<byte> decoded = stackalloc byte[raw.Length];
        ReadOnlySpan<byte> pairs = raw.AsSpan(0, (digits < 0 ? raw.Length : digits) & ~1);
        return EncodedText.TryDecodeHex(pairs, decoded, out int length) ? decoded[..length].ToArray() : raw;
    }

    void AddDenial(AuditEvent auditEvent)
    {
        byte[] context = Find(auditEvent, "scontext"u8);
        MachineId? machine = _machines.FindLast(machine => IsSame(machine.Context, context));
        if (machine is null || context.Length == 0 || !auditEvent.TryFind("uid"u8, out _))
            return;
        ReadOnlySpan<byte> body = auditEvent[0].Body;
        int open = body.IndexOf((byte)'{'), close = body.IndexOf((byte)'}');
        string permissions = open >= 0 && close > open ? System.Text.Encoding.UTF8.GetString(body[(open + 1)..close]).Trim() : "";
        byte[] result = body.IndexOf("granted"u8) is >= 0 and var at && at < open ? "granted"u8.ToArray() : "denied"u8.ToArray();
        byte[] target = Find(auditEvent, "name"u8);
        GuestEvent denial = Make(
            auditEvent, GuestEventKind.Avc, machine.Name, machine.Uuid, isFailure: false, [],
            [System.Text.Encoding.UTF8.GetBytes(permissions.Replace(' ', ',')), result, Find(auditEvent, "comm"u8), target.Length > 0 ? target : Find(auditEvent, "path"u8)]);
        denial.Serials.Insert(0, machine.Serial);
        _events.Add(denial);
    }

    // Known by the process alone, and only right after its start: the original looks no further back.
    void AddAnomaly(AuditEvent auditEvent)
    {
        GuestEvent? last = _events.Count > 0 ? _events[^1] : null;
        if (last is not { Kind: GuestEventKind.Start } || last.Pid == 0 || ReadId(auditEvent, "pid"u8) != last.Pid)
            return;
        GuestEvent anomaly = Make(auditEvent, GuestEventKind.Anomaly, last.Name, last.Uuid, isFailure: false);
        anomaly.Serials.Insert(0, last.Serials[0]);
        _events.Add(anomaly);
    }

    GuestEvent Make(
        AuditEvent auditEvent, GuestEventKind kind, byte[] name, byte[] uuid, bool isFailure, byte[]? resource = null,
        IReadOnlyList<byte[]>? details = null, byte[]? value = null)
    {
        var made = new GuestEvent
        {
            Kind = kind, Name = name, Uuid = uuid, User = UserOf(auditEvent), Start = auditEvent.Stamp.UnixSeconds, IsFailure = isFailure,
            Pid = ReadId(auditEvent, "vm-pid"u8), Resource = resource ?? [], Details = details ?? [], Value = value ?? [],
        };
        made.Serials.Add(auditEvent.Stamp.Serial);
        return made;
    }

    byte[] UserOf(AuditEvent auditEvent)
    {
        _text.Clear();
        for (int index = 0; index < auditEvent.Count; index++)
        {
            Record record = auditEvent[index];
            if (!record.TryFind("uid"u8, out ReadOnlySpan<byte> uid))
                continue;
            if (record.TryFindEnriched("UID"u8, out ReadOnlySpan<byte> name) && !name.StartsWith("unknown-"u8))
                AccountName.WriteEnriched(name, _text);
            else
                AccountName.WriteUser(uid, accounts, _text);
            break;
        }

        return _text.Bytes.ToArray();
    }

    static void End(GuestEvent guestEvent, EventStamp stamp)
    {
        guestEvent.End = stamp.UnixSeconds;
        guestEvent.Serials.Add(stamp.Serial);
    }

    bool IsWanted(byte[] name, byte[] uuid) => (Name is null || IsSame(Name, name)) && (Uuid is null || IsSame(Uuid, uuid));

    static bool IsResource(GuestEvent known, byte[] uuid, byte[] resource) =>
        known.Kind == GuestEventKind.Resource && known.IsOpen && IsSame(known.Uuid, uuid) && IsSame(known.Resource, resource);

    static bool IsSame(byte[] left, byte[] right) => left.AsSpan().SequenceEqual(right);

    static bool IsUnknown(byte[] value) => value.AsSpan().SequenceEqual("?"u8);

    static bool IsSuccess(AuditEvent auditEvent) =>
        auditEvent.TryFind("res"u8, out ReadOnlySpan<byte> result) && result.SequenceEqual("success"u8);

    byte[] Find(AuditEvent auditEvent, ReadOnlySpan<byte> name) => TryFind(auditEvent, name) ?? [];

    byte[]? TryFind(AuditEvent auditEvent, ReadOnlySpan<byte> name, bool isRaw = false)
    {
        if (!auditEvent.TryFind(name, out ReadOnlySpan<byte> raw))
            return null;
        if (isRaw || IsNumeric(raw))
            return raw.ToArray();
        _text.Clear();
        EscapedValue.Write(raw, _text);
        return _text.Bytes.ToArray();
    }

    // Numbers and uuids are no hex text.
    static bool IsNumeric(ReadOnlySpan<byte> raw) => raw.IndexOfAnyExcept("0123456789"u8) < 0;

    static uint ReadId(AuditEvent auditEvent, ReadOnlySpan<byte> name) =>
        auditEvent.TryFind(name, out ReadOnlySpan<byte> raw) && RawNumber.TryDecimal(raw, out long number) && number > 0 ? (uint)number : 0;

    sealed record MachineId(byte[] Name, byte[] Uuid, byte[] Context, ulong Serial);
}
