using Akashi.Linux.Files;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Daemon.Protect;

/// <summary>Takes append-only flags away again, those of a journal and no others.</summary>
public static class ProtectUndo
{
    /// <summary>Clears them.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="set">What was given the flag.</param>
    /// <returns>How many were cleared, and what couldn't be.</returns>
    public static (int Cleared, IReadOnlyList<string> Faults) Clear(string directory, IEnumerable<ProtectedFile> set)
    {
        // By number: names change. A number that was given away again belongs to a file of this directory that was made here, too.
        HashSet<ulong> ours = [.. set.Select(file => file.Inode)];
        int cleared = 0;
        var faults = new List<string>();
        foreach (string path in Directory.EnumerateFiles(directory))
        {
            using SafeFileHandle? file = AppendOnlyFiles.Open(path);
            if (file is null || AppendOnlyFiles.Look(file) is not { IsAppendOnly: true } found || !ours.Contains(found.Inode))
                continue;
            if (AppendOnlyFlag.TryChange(file, false) is { } fault)
                faults.Add($"{path}: the flag stays: {fault}");
            else
                cleared++;
        }

        return (cleared, faults);
    }
}
