namespace Akashi.Linux.Processes;

/// <summary>One process as /proc shows it.</summary>
/// <param name="Pid">Its number.</param>
/// <param name="ParentPid">Its parent's number; 0 for none.</param>
/// <param name="Name">comm: up to 15 bytes, as the process likes; may hold anything but NUL.</param>
/// <param name="Uid">Its real user.</param>
/// <param name="Auid">loginuid; <see cref="Host.ProcessIdentity.Unset"/> where nobody's login began it, or it can't
/// be read.</param>
/// <param name="Session">sessionid, likewise.</param>
/// <param name="Started">When it began, to a hundredth of a second.</param>
/// <param name="IsKernelThread">Whether it's a thread of the kernel (PF_KTHREAD), which runs no program.</param>
public readonly record struct RunningProcess(
    int Pid, int ParentPid, string Name, uint Uid, uint Auid, uint Session, DateTimeOffset Started, bool IsKernelThread);
