using Akashi.Daemon.KernelState;
using Akashi.Linux.Files;

namespace Akashi.Cli.Borrowing;

/// <summary>Where a borrower of the kernel's audit writes down what it borrowed, and who watches over it.</summary>
/// <param name="LockPath">The lock against others that own the kernel's audit for a while.</param>
sealed record BorrowingPlace(string LockPath = FileLock.AuditPath)
{
    /// <summary>The directory of the snapshots.</summary>
    public string Directory { get; init; } = KernelSnapshotFile.DefaultDirectory;

    /// <summary>What is said where somebody else holds the lock.</summary>
    public static string DescribeHeld(string lockPath) => $"{LockHolder.Find(lockPath) ?? "another program"} holds {lockPath}: the kernel's audit is in use until it ends";

    /// <summary>The program that watches, this one; null for none, in tests.</summary>
    public string? WatcherProgram { get; init; } = Environment.ProcessPath;
}
