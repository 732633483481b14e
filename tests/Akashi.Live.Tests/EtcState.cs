using System.Globalization;

namespace Akashi.Live.Tests;

/// <summary>What stands in /etc, users included: path, length and time of the last change of every file.</summary>
static class EtcState
{
    static readonly EnumerationOptions s_all = new() { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>One line a file, in order.</summary>
    internal static string[] Capture() =>
    [
        .. new DirectoryInfo("/etc").EnumerateFiles("*", s_all)
            .Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.FullName} {file.Length} {file.LastWriteTimeUtc:O}"))
            .Order(StringComparer.Ordinal),
    ];
}
