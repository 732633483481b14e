namespace Akashi.Setup;

/// <summary>What rule files that name paths begin with: auditctl -R ends at the first rule that the kernel refuses, and it refuses a path whose directory is gone.</summary>
static class LoadContinuation
{
    /// <summary>The lines; auditctl(8): -c goes on, and ends with a code that tells.</summary>
    public const string Lines = "## A rule whose directory is gone is refused: with -c the rules behind it are loaded all the same, and the exit code tells.\n-c\n";
}
