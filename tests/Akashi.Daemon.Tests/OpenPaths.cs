namespace Akashi.Daemon.Tests;

/// <summary>What this process has open.</summary>
static class OpenPaths
{
    /// <summary>The paths; once for each descriptor.</summary>
    public static IReadOnlyList<string> All() => [.. Directory.EnumerateFiles("/proc/self/fd").Select(TargetOf)];

    // Other tests close theirs meanwhile.
    static string TargetOf(string descriptor)
    {
        try
        {
            return File.ResolveLinkTarget(descriptor, returnFinalTarget: false)?.FullName ?? "";
        }
        catch (FileNotFoundException)
        {
            return "";
        }
    }
}
