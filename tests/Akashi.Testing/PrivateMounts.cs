using System.Diagnostics;

namespace Akashi.Testing;

/// <summary>Mount namespaces of a test's own.</summary>
public static class PrivateMounts
{
    /// <summary>Why a test is skipped.</summary>
    public const string Missing = "no private mounts: not root, or the root directory is no mount point of its own";

    /// <summary>Whether they can be had.</summary>
    public static bool Exist
    {
        get
        {
            using Process process = Process.Start(new ProcessStartInfo("unshare", ["--mount", "--propagation", "private", "true"]) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
    }
}
