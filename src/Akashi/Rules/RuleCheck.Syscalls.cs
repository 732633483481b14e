using System.Text;
using Akashi.Tables;

namespace Akashi.Rules;

// Ways around a rule: programs of the other width, and system calls that do the same.
public sealed partial class RuleCheck
{
    // Who names one of the first has to name the others, as far as the machine has them. Of man 2 and the kernel's release notes.
    static readonly (string[] Named, string[] Also)[] s_kin =
    [
        (["open", "openat"], ["openat", "openat2", "open_by_handle_at"]),
        (["execve"], ["execveat"]),
        (["chmod", "fchmod", "fchmodat"], ["fchmodat", "fchmodat2"]),
        (["chown", "lchown", "fchown"], ["fchownat"]),
        (["rename", "renameat"], ["renameat", "renameat2"]),
        (["unlink", "rmdir"], ["unlinkat"]),
        (["link"], ["linkat"]),
        (["symlink"], ["symlinkat"]),
        (["mkdir"], ["mkdirat"]),
        (["mknod"], ["mknodat"]),
        (["setxattr", "lsetxattr", "fsetxattr"], ["setxattrat"]),
        (["removexattr", "lremovexattr", "fremovexattr"], ["removexattrat"]),
        (["mount"], ["fsopen", "fsmount", "move_mount", "open_tree", "mount_setattr"]),
        (["init_module"], ["finit_module"]),
        (["kexec_load"], ["kexec_file_load"]),
        (["clone"], ["clone3"]),
        (["accept"], ["accept4"]),
        (["settimeofday", "adjtimex"], ["clock_settime", "clock_adjtime"]),
        (["clock_settime"], ["clock_settime64"]),
        (["clock_adjtime"], ["clock_adjtime64"]),
        (["quotactl"], ["quotactl_fd"]),
    ];

    void CheckSyscalls(HeldRule[] rules)
    {
        HeldRule[] calls = [.. rules.Where(rule => rule.Rule is { List: FilterList.Exit, Action: RuleAction.Always })];
        HeldRule[] native = [.. calls.Where(rule => MachineOf(rule.Rule) == machine)];
        HeldRule[] foreign = [];
        if (machine.TryGetTwin(out Machine twin))
            foreign = [.. calls.Where(rule => MachineOf(rule.Rule) == twin)];
        foreach (HeldRule rule in native)
        {
            CheckTwin(rule, foreign, twin);
            CheckKin(rule, native, machine);
        }
        foreach (HeldRule rule in foreign)
            CheckKin(rule, foreign, twin);
    }

    void CheckTwin(HeldRule held, HeldRule[] foreign, Machine twin)
    {
        if (twin == machine)
            return;
        SyscallMask watched = Watched(held.Rule, foreign);
        if (watched.IsAll)
            return;
        var missing = new List<string>();
        if (held.Rule.Syscalls.IsAll)
            missing.Add("all");
        for (int number = 0; number <= SyscallMask.NumberMax && !held.Rule.Syscalls.IsAll; number++)
        {
            if (held.Rule.Syscalls.Contains(number) && Syscalls.ForMachine(machine).TryGetName(number, out ReadOnlySpan<byte> name)
                && Syscalls.ForMachine(twin).TryGetNumber(name, out long other) && !watched.Contains((int)other))
            {
                missing.Add(Encoding.UTF8.GetString(name));
            }
        }
        if (missing.Count > 0)
            Warn(RuleFinding.TwinMissing, held, $"32 bit programs pass by: {Join(missing)} with arch=b32 stand in no rule like this", "repeat the line with -F arch=b32");
    }

    void CheckKin(HeldRule held, HeldRule[] peers, Machine arch)
    {
        // Arguments differ from one to the other: openat2 has its flags behind a pointer.
        Rule rule = held.Rule;
        if (rule.Conditions.Any(condition => condition.Field is >= RuleField.Arg0 and <= RuleField.Arg3))
            return;
        if (rule.Syscalls.IsAll || rule.Conditions.Any(condition => condition.Field == RuleField.Perm) && IsAsPermissionSays(rule, arch))
            return;
        SyscallMask? watched = null;
        var missing = new List<string>();
        foreach (var (named, also) in s_kin)
        {
            if (!Array.Exists(named, name => Holds(rule.Syscalls, name, arch)))
                continue;
            watched ??= Watched(rule, peers);
            missing.AddRange(also.Where(name => IsKnown(name, arch) && !Holds(watched, name, arch) && !missing.Contains(name)));
        }
        if (missing.Count > 0)
            Warn(RuleFinding.NewerSyscalls, held, $"{Join(missing)} {(missing.Count == 1 ? "does" : "do")} the same and {(missing.Count == 1 ? "passes" : "pass")} by",
                $"add -S {string.Join(',', missing)}");
    }

    // The system calls of all rules that match whatever this one matches, its arch and key aside.
    static SyscallMask Watched(Rule rule, HeldRule[] peers)
    {
        SyscallMask watched = SyscallMask.None;
        foreach (HeldRule peer in peers)
        {
            if (RuleOverlap.ConditionsCover(peer.Rule, rule, ignoresArch: true))
                watched.Add(peer.Rule.Syscalls);
        }
        return watched;
    }

    static bool IsAsPermissionSays(Rule rule, Machine arch)
    {
        RuleCondition permission = rule.Conditions.First(condition => condition.Field == RuleField.Perm);
        return rule.Syscalls.Words.SequenceEqual(PermissionMasks.Of((Permissions)permission.Value, arch).Words);
    }

    static bool IsKnown(string name, Machine arch) => Syscalls.ForMachine(arch).TryGetNumber(Encoding.UTF8.GetBytes(name), out _);

    static bool Holds(SyscallMask mask, string name, Machine arch) =>
        Syscalls.ForMachine(arch).TryGetNumber(Encoding.UTF8.GetBytes(name), out long number) && mask.Contains((int)number);
}
