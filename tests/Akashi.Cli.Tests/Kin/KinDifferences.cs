using System.Text;

namespace Akashi.Cli.Tests.Kin;

/// <summary>Where 4.2.2 or a mended fault differs from the recorded 3.0.9; docs/differences.md says so to users.</summary>
static class KinDifferences
{
    // The original passes over the event after each login that it takes.
    public static bool IsMended(KinCase recorded) => recorded is { Tool: "aulastlog", Log: "s14.log" };

    /// <summary>Whether newer tables may have more lines, and none less.</summary>
    public static bool IsNewerTable(KinCase recorded) => recorded.Tool == "ausyscall" && recorded.Arguments.Length > 0 && recorded.Output.Length > 0;

    /// <summary>The printed lines that the older tool knows.</summary>
    public static byte[] Shared(byte[] expected, byte[] printed)
    {
        HashSet<string> known = [.. Encoding.UTF8.GetString(expected).Split('\n')];
        return Encoding.UTF8.GetBytes(string.Join('\n', Encoding.UTF8.GetString(printed).Split('\n').Where(known.Contains)));
    }
}
