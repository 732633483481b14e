using Akashi.Tables;

namespace Akashi.Rules;

/// <summary>The system calls that can make an access: what a rule with <c>perm</c> is for, whatever its mask holds.</summary>
static class PermissionMasks
{
    static readonly SyscallMask?[] s_masks = new SyscallMask?[16 * 16];

    /// <summary>The system calls of a machine for accesses.</summary>
    public static SyscallMask Of(Permissions permissions, Machine machine)
    {
        int index = (int)machine * 16 + (int)(permissions & Permissions.All);
        return s_masks[index] ??= Make(permissions, machine);
    }

    static SyscallMask Make(Permissions permissions, Machine machine)
    {
        SyscallMask mask = SyscallMask.None;
        NameTable known = Syscalls.ForMachine(machine);
        NameTable byPermission = PermissionSyscalls.Names;
        for (int index = 0; index < byPermission.Count; index++)
        {
            if (!permissions.HasFlag((Permissions)byPermission.NumberAt(index)))
                continue;
            ReadOnlySpan<byte> names = byPermission.NameAt(index);
            foreach (Range name in names.Split((byte)','))
            {
                if (known.TryGetNumber(names[name], out long number))
                    mask.Add((int)number);
            }
        }
        return mask;
    }
}
