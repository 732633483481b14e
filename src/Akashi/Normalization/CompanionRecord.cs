using Akashi.Tables;

namespace Akashi.Normalization;

/// <summary>The record before a SYSCALL record that tells why the event is there, and with it what was done.</summary>
static class CompanionRecord
{
    /// <summary>Replaces what the system call says by what the first record says, where that is more.</summary>
    public static void Apply(
        EventPart part, int syscallIndex, SyscallClass syscallClass, scoped ref NormalizedEvent normalized)
    {
        RecordType type = part[0].Type;
        switch (type)
        {
            case RecordType.Avc or RecordType.Fanotify:
                normalized.Action = ActionOf(type);
                break;
            case RecordType.SelinuxErr:
                normalized.Action = "caused-mac-policy-error"u8;
                break;
            case RecordType.NetfilterCfg:
                Set("loaded-firewall-rule-to"u8, ObjectKind.Firewall, EventFields.FindIn(part, 0, "table"u8), ref normalized);
                break;
            case RecordType.AnomPromiscuous:
                ApplyPromiscuous(part, syscallClass, ref normalized);
                break;
            case RecordType.AnomLink or RecordType.AnomCreat:
                normalized.Action = ActionOf(type);
                new SyscallObject(part, syscallIndex).FindFile(0, ref normalized);
                break;
            case RecordType.KernModule:
                Set(ActionOf(type), ObjectKind.File, EventFields.FindIn(part, 0, "name"u8), ref normalized);
                break;
            case RecordType.MacPolicyLoad:
                Set(ActionOf(type), ObjectKind.SecurityPolicy, default, ref normalized);
                break;
            case RecordType.MacStatus:
                Set(ActionOf(type), ObjectKind.SecurityPolicy, EventFields.FindIn(part, 0, "enforcing"u8), ref normalized);
                break;
            case RecordType.MacConfigChange:
                Set(ActionOf(type), ObjectKind.SecurityPolicy, EventFields.FindIn(part, 0, "bool"u8), ref normalized);
                break;
            case RecordType.TimeInjoffset or RecordType.TimeAdjntpval:
                Set("changed-system-time"u8, ObjectKind.System, default, ref normalized);
                break;
            case RecordType.Bpf:
                ApplyProgram(part, ref normalized);
                break;
            case RecordType.EventListener:
                ApplyListener(part, ref normalized);
                break;
            case RecordType.ConfigChange:
                ConfigurationChange.Apply(part, ref normalized);
                break;
        }
    }

    /// <summary>What the table says of a type; empty where it says nothing.</summary>
    public static ReadOnlySpan<byte> ActionOf(RecordType type) =>
        RecordActions.Names.TryGetName((long)type, out ReadOnlySpan<byte> action) ? action : default;

    /// <summary>What a listener of the multicast group did.</summary>
    public static ReadOnlySpan<byte> ListenerActionOf(ReadOnlySpan<byte> operation) =>
        operation.SequenceEqual("connect"u8) ? "connected-to"u8 : "disconnected-from"u8;

    static void Set(ReadOnlySpan<byte> action, ObjectKind kind, EventField primary, scoped ref NormalizedEvent normalized)
    {
        normalized.Action = action;
        normalized.ObjectKind = kind;
        normalized.ObjectPrimary = primary;
        normalized.ObjectSecondary = default;
    }

    // prom is what the device's flag is now: 256 is IFF_PROMISC. The kind stays that of the socket where one was used.
    static void ApplyPromiscuous(EventPart part, SyscallClass syscallClass, scoped ref NormalizedEvent normalized)
    {
        ReadOnlySpan<byte> now = EventFields.FindIn(part, 0, "prom"u8).Value;
        normalized.Action = now.SequenceEqual("0"u8)
            ? "left-promiscuous-mode-on-device"u8
            : "entered-promiscuous-mode-on-device"u8;
        normalized.ObjectPrimary = EventFields.FindIn(part, 0, "dev"u8);
        if (syscallClass == SyscallClass.None)
            normalized.ObjectKind = ObjectKind.Device;
    }

    static void ApplyProgram(EventPart part, scoped ref NormalizedEvent normalized)
    {
        bool isLoaded = EventFields.FindIn(part, 0, "op"u8).Value.SequenceEqual("LOAD"u8);
        normalized.Action = isLoaded ? "loaded-bpf-program"u8 : "unloaded-bpf-program"u8;
        normalized.ObjectPrimary = EventFields.FindIn(part, 0, "prog-id"u8);
    }

    static void ApplyListener(EventPart part, scoped ref NormalizedEvent normalized)
    {
        Set(ListenerActionOf(EventFields.FindIn(part, 0, "op"u8).Value), ObjectKind.Socket,
            EventFields.FindIn(part, 0, "nl-mcgrp"u8), ref normalized);
    }
}
