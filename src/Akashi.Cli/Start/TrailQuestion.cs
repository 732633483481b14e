using Akashi.Configuration;

namespace Akashi.Cli.Start;

/// <summary>The command line that asks a trail what people ran, as it can be pasted.</summary>
static class TrailQuestion
{
    const string ToolName = "ausearch";

    /// <summary>Writes it.</summary>
    /// <param name="program">The path of this program; null where it isn't known.</param>
    /// <param name="searchPath">PATH.</param>
    /// <param name="directory">Where the trail is.</param>
    /// <param name="hasOwnRules">Whether the program's own rules, and so their keys, were loaded.</param>
    public static string Write(string? program, string? searchPath, string directory, bool hasOwnRules)
    {
        string key = hasOwnRules ? " -k commands" : "";
        string input = directory == AuditdDirectory ? "" : $" -if {Quote(directory)}";
        return $"{FindTool(program, searchPath)} -i{key}{input}";
    }

    static string AuditdDirectory { get; } = Path.GetDirectoryName(new AuditdConfiguration().LogFile)!;

    // The tool beside this program under its classic name, by that name alone where a shell finds the same; else this program's command.
    static string FindTool(string? program, string? searchPath)
    {
        if (program is null)
            return ToolName;
        string beside = Path.Combine(Path.GetDirectoryName(program)!, ToolName);
        if (!File.Exists(beside))
            return $"{Quote(program)} {ToolName}";
        string? found = (searchPath ?? "").Split(':').Select(directory => Path.Combine(directory, ToolName)).FirstOrDefault(File.Exists);
        return found == beside ? ToolName : Quote(beside);
    }

    static string Quote(string path) =>
        path.All(letter => char.IsAsciiLetterOrDigit(letter) || "/._-+,".Contains(letter, StringComparison.Ordinal))
            ? path
            : $"'{path.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
