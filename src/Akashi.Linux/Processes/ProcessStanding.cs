using System.Globalization;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Processes;

/// <summary>What decides whether the kernel listens to this process: its capability and its namespaces.</summary>
/// <param name="CapabilityName">The capability asked for, such as <c>CAP_AUDIT_CONTROL</c>.</param>
/// <param name="HasCapability">Whether it's effective.</param>
/// <param name="IsInFirstUserNamespace">False in containers that have a user namespace.</param>
/// <param name="IsInFirstProcessNamespace">False in containers that have a process namespace.</param>
readonly record struct ProcessStanding(
    string CapabilityName, bool HasCapability, bool IsInFirstUserNamespace, bool IsInFirstProcessNamespace)
{
    // PROC_USER_INIT_INO and PROC_PID_INIT_INO of linux/proc_ns.h: the first namespaces have fixed inodes.
    const string FirstUserNamespace = "user:[4026531837]";
    const string FirstProcessNamespace = "pid:[4026531836]";

    /// <summary>Looks it up in /proc/self; what can't be read counts as the usual.</summary>
    internal static ProcessStanding Of(int capability) => new(
        NameOf(capability), HasEffective(capability), IsFirst("/proc/self/ns/user", FirstUserNamespace),
        IsFirst("/proc/self/ns/pid", FirstProcessNamespace));

    static string NameOf(int capability) => capability switch
    {
        CAP_AUDIT_WRITE => "CAP_AUDIT_WRITE",
        CAP_AUDIT_READ => "CAP_AUDIT_READ",
        _ => "CAP_AUDIT_CONTROL",
    };

    static bool HasEffective(int capability)
    {
        const string Label = "CapEff:";
        foreach (string line in ProcText.Lines("/proc/self/status"))
        {
            if (line.StartsWith(Label, StringComparison.Ordinal)
                && ulong.TryParse(line.AsSpan(Label.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong set))
                return (set >> capability & 1) != 0;
        }

        return true;
    }

    static bool IsFirst(string link, string first)
    {
        try
        {
            return File.ResolveLinkTarget(link, returnFinalTarget: false) is not { } target || target.Name == first;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}
