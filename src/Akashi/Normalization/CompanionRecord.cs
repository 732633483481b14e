using Akashi.Tables;

namespace Akashi.Normalization;

/// <summary>The record before a SYSCALL record that tells why the event is there, and with it what was done.</summary>
static class CompanionRecord
{
    /// <summary>Replaces what the system call says by what the first record says, where that is more.</summary>
    public static void Apply(EventPart part, scoped ref NormalizedEvent normalized)
    {
        RecordType type = part[0].Type;
        switch (type)
        {
            case RecordType.Avc or RecordType.Fanotify:
                normalized.Action = ActionOf(type);
                break;
            case RecordType.SelinuxErr:
                Set("caused-mac-policy-error"u8, ObjectKind.System, default, ref normalized);
                break;
            case RecordType.NetfilterCfg:
                Set("loaded-firewall-rule-to"u8, ObjectKind.Firewall, EventFields.FindIn(part, 0, "table"u8), ref normalized);
                break;
            case RecordType.AnomPromiscuous:
                ApplyPromiscuous(part, ref normalized);
                break;
            case RecordType.AnomLink:
                normalized.Action = ActionOf(type);
                new SyscallObject(part).FindFile(0, ref normalized);
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
        normalized.ObjectPrimary2 = default;
        normalized.ObjectLabel = default;
    }

    // prom is what the device's flag is now: 256 is IFF_PROMISC.
    static void ApplyPromiscuous(EventPart part, scoped ref NormalizedEvent normalized)
    {
        ReadOnlySpan<byte> now = EventFields.FindIn(part, 0, "prom"u8).Value;
        Set(now.SequenceEqual("0"u8) ? "left-promiscuous-mode-on-device"u8 : "entered-promiscuous-mode-on-device"u8,
            ObjectKind.Socket, EventFields.FindIn(part, 0, "dev"u8), ref normalized);
    }

    static void ApplyProgram(EventPart part, scoped ref NormalizedEvent normalized)
    {
        bool isLoaded = EventFields.FindIn(part, 0, "op"u8).Value.SequenceEqual("LOAD"u8);
        Set(isLoaded ? "loaded-bpf-program"u8 : "unloaded-bpf-program"u8,
            ObjectKind.Process, EventFields.FindIn(part, 0, "prog-id"u8), ref normalized);
    }

    static void ApplyListener(EventPart part, scoped ref NormalizedEvent normalized)
    {
        Set(ListenerActionOf(EventFields.FindIn(part, 0, "op"u8).Value), ObjectKind.Socket,
            EventFields.FindIn(part, 0, "nl-mcgrp"u8), ref normalized);
    }
}
