using Akashi.Tables;

namespace Akashi.Setup;

/// <summary>The words after <c>arch=</c> that rules of a machine need: a program of the other width makes other system calls.</summary>
static class RuleWidths
{
    /// <summary><c>b64</c>, and <c>b32</c> where the machine runs such programs.</summary>
    public static IReadOnlyList<string> Of(Machine machine) => machine.TryGetTwin(out _) ? ["b64", "b32"] : [Machines.Is64BitElf(machine.ToElf()) ? "b64" : "b32"];
}
