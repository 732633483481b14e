using System.Runtime.InteropServices;
using Akashi.Linux.Interop;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.LibAudit;

/// <summary>Rules put together piece by piece, loaded and deleted. A rule is a struct audit_rule_data in memory of malloc(3).</summary>
/// <remarks>
/// What was given before is read from the rule itself, not from variables of the library: two threads may build two rules. A text is never changed.
/// </remarks>
static unsafe class Rules
{
    /// <summary>The bytes before the texts.</summary>
    internal const int FixedLength = 1040;

    const int SyscallCount = AUDIT_BITMASK_SIZE * 32;
    const int TooManyFields = -28;

    [UnmanagedCallersOnly(EntryPoint = "audit_rule_create_data")]
    internal static audit_rule_data* Create() => (audit_rule_data*)PlainLibC.calloc(1, FixedLength);

    [UnmanagedCallersOnly(EntryPoint = "audit_rule_init_data")]
    internal static void Init(audit_rule_data* rule)
    {
        if (rule != null)
            *rule = default;
    }

    [UnmanagedCallersOnly(EntryPoint = "audit_rule_free_data")]
    internal static void Free(audit_rule_data* rule) => PlainLibC.free(rule);

    /// <summary>Adds a system call by name or number, or <c>all</c>.</summary>
    /// <returns>0; -1 for an unknown one; -2 where the machine isn't known.</returns>
    [UnmanagedCallersOnly(EntryPoint = "audit_rule_syscallbyname_data")]
    internal static int SyscallByName(audit_rule_data* rule, byte* scall)
    {
        if (rule == null || scall == null)
            return -1;
        if (CText.Of(scall).SequenceEqual("all"u8))
        {
            AddAll(rule);
            return 0;
        }

        int machine = RulePieces.MachineOf(rule);
        if (machine < 0)
            return -2;
        return Add(rule, Tables.Syscalls.ForMachine((Tables.Machine)machine), CText.Of(scall));
    }

    /// <summary>Adds an operation of io_uring by name or number, or <c>all</c>.</summary>
    [UnmanagedCallersOnly(EntryPoint = "audit_rule_io_uringbyname_data")]
    internal static int IoUringByName(audit_rule_data* rule, byte* scall)
    {
        if (rule == null || scall == null)
            return -1;
        if (!CText.Of(scall).SequenceEqual("all"u8))
            return Add(rule, Tables.IoUringOperations.Names, CText.Of(scall));
        AddAll(rule);
        return 0;
    }

    /// <summary>Adds a field: <c>uid=0</c>. The rule may move.</summary>
    /// <returns>0, or a number for audit_number_to_errmsg.</returns>
    [UnmanagedCallersOnly(EntryPoint = "audit_rule_fieldpair_data")]
    internal static int FieldPair(audit_rule_data** rulep, byte* pair, int flags) => RulePieces.Add(rulep, pair, flags, isComparison: false);

    /// <summary>Adds a comparison of two fields: <c>uid!=euid</c>. The rule may move.</summary>
    /// <returns>0, or a number for audit_number_to_errmsg.</returns>
    [UnmanagedCallersOnly(EntryPoint = "audit_rule_interfield_comp_data")]
    internal static int InterfieldComparison(audit_rule_data** rulep, byte* pair, int flags) => RulePieces.Add(rulep, pair, flags, isComparison: true);

    [UnmanagedCallersOnly(EntryPoint = "audit_add_watch")]
    internal static int AddWatch(audit_rule_data** rulep, byte* path) => Watch(RuleWatch, rulep, path);

    [UnmanagedCallersOnly(EntryPoint = "audit_add_watch_dir")]
    internal static int AddWatchDir(int type, audit_rule_data** rulep, byte* path) => Watch(type, rulep, path);

    /// <summary>Gives the accesses of a watch, or adds the field to another rule.</summary>
    [UnmanagedCallersOnly(EntryPoint = "audit_update_watch_perms")]
    internal static int UpdateWatchPerms(audit_rule_data* rule, int perms)
    {
        if (rule == null || rule->field_count is 0 or > AUDIT_MAX_FIELDS)
            return -1;
        bool isThere = false;
        for (uint index = 0; index < rule->field_count; index++)
        {
            if (rule->fields[index] != RulePerm)
                continue;
            rule->values[index] = (uint)perms;
            isThere = true;
        }

        if (isThere)
            return 0;
        if (rule->field_count >= AUDIT_MAX_FIELDS - 1)
            return TooManyFields;
        Append(rule, RulePerm, (uint)perms);
        return 0;
    }

    [UnmanagedCallersOnly(EntryPoint = "audit_add_rule_data")]
    internal static int AddRule(int fd, audit_rule_data* rule, int flags, int action) => Change(fd, AUDIT_ADD_RULE, rule, flags, action);

    [UnmanagedCallersOnly(EntryPoint = "audit_delete_rule_data")]
    internal static int DeleteRule(int fd, audit_rule_data* rule, int flags, int action) => Change(fd, AUDIT_DEL_RULE, rule, flags, action);

    const int RuleWatch = 105, RulePerm = 106, RuleDir = 107;
    const uint OperatorEqual = 0x4000_0000;

    static int Change(int fd, int type, audit_rule_data* rule, int flags, int action)
    {
        if (rule == null)
            return Requests.Fail(EFAULT);
        rule->flags = (uint)flags;
        rule->action = (uint)action;
        if (rule->buflen > MAX_AUDIT_MESSAGE_LENGTH)
            return Requests.Fail(EINVAL);
        return Requests.Make(fd, type, new ReadOnlySpan<byte>(rule, FixedLength + (int)rule->buflen));
    }

    static int Watch(int type, audit_rule_data** rulep, byte* path)
    {
        const int ExitList = 4, Always = 2, AllAccesses = 0xF;
        if (rulep == null || *rulep != null || path == null || type is not (RuleWatch or RuleDir))
            return -1;
        ReadOnlySpan<byte> name = CText.Of(path);
        if (name.Length > MAX_AUDIT_MESSAGE_LENGTH)
            return -1;
        var rule = (audit_rule_data*)PlainLibC.calloc(1, (nuint)(FixedLength + name.Length));
        if (rule == null)
            return -1;
        rule->flags = ExitList;
        rule->action = Always;
        AddAll(rule);
        Append(rule, (uint)type, (uint)name.Length);
        Append(rule, RulePerm, AllAccesses);
        rule->buflen = (uint)name.Length;
        name.CopyTo(new Span<byte>((byte*)rule + FixedLength, name.Length));
        *rulep = rule;
        return 0;
    }

    static void Append(audit_rule_data* rule, uint field, uint value)
    {
        uint index = rule->field_count++;
        rule->fields[index] = field;
        rule->values[index] = value;
        rule->fieldflags[index] = OperatorEqual;
    }

    static void AddAll(audit_rule_data* rule) => new Span<uint>(rule->mask, AUDIT_BITMASK_SIZE).Fill(uint.MaxValue);

    static int Add(audit_rule_data* rule, Tables.NameTable names, ReadOnlySpan<byte> name)
    {
        if (!names.TryGetNumberIgnoreCase(name, out long number) && !TryReadDigits(name, out number))
            return -1;
        if (number >= SyscallCount)
            return -1;
        rule->mask[number / 32] |= 1u << (int)(number % 32);
        return 0;
    }

    static bool TryReadDigits(ReadOnlySpan<byte> name, out long number)
        => System.Buffers.Text.Utf8Parser.TryParse(name, out number, out int used) && used == name.Length && char.IsAsciiDigit((char)name[0]);
}
