namespace Akashi.Linux.Processes;

/// <summary>Reads the small files of /proc, which may be gone or closed to us at any moment.</summary>
static class ProcText
{
    /// <summary>The text of a file without the white space around it; null where it can't be read.</summary>
    internal static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The process is gone (ENOENT, ESRCH), or isn't ours to look at.
            return null;
        }
    }

    /// <summary>The lines of a file; none where it can't be read.</summary>
    internal static string[] Lines(string path) => Read(path)?.Split('\n') ?? [];

    /// <summary>The number a file holds; the given one where it can't be read.</summary>
    internal static uint ReadNumber(string path, uint otherwise) => uint.TryParse(Read(path), out uint number) ? number : otherwise;
}
