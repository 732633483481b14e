using Akashi.Linux;

namespace Akashi.Audit;

/// <summary>The words of this machine: its accounts, its errors.</summary>
static class MachineWords
{
    /// <summary>For one reader.</summary>
    internal static FieldWords Make() => new(new LinuxHost());
}
