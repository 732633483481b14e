using System.Text;
using Akashi.Tables;

namespace Akashi.Setup;

/// <summary>A file or directory to be watched.</summary>
/// <param name="Path">Absolute, links resolved.</param>
/// <param name="IsDirectory">Whether everything below it is watched.</param>
public readonly record struct WatchedPath(string Path, bool IsDirectory);

/// <summary>Rules that record what is done to named files and directories.</summary>
public static class FileRules
{
    /// <summary>Where they go.</summary>
    public const string Path = "/etc/audit/rules.d/60-akashi-files.rules";

    const string Heading =
        "## Files and directories that are watched. Made by akashi setup files, which adds to them; akashi setup files --undo takes it away.\n"
        + LoadContinuation.Lines;

    /// <summary>The file with more paths in it; those that it has with the same rule already stay as they are.</summary>
    /// <param name="before">What stands in it; null for nothing.</param>
    /// <param name="paths">The paths.</param>
    /// <param name="permissions">Which accesses: letters of r, w, x, a.</param>
    /// <param name="key">The key.</param>
    /// <param name="machine">What the machine is.</param>
    public static string Add(string? before, IReadOnlyList<WatchedPath> paths, string permissions, string key, Machine machine)
    {
        var text = new StringBuilder(before ?? Heading);
        if (text.Length > 0 && text[^1] != '\n')
            text.Append('\n');
        HashSet<string> present = [.. (before ?? "").Split('\n')];
        foreach (WatchedPath path in paths)
        {
            string[] rules = [.. Rules(path, permissions, key, machine)];
            if (rules.All(present.Contains))
                continue;
            text.Append('\n').Append("## ").Append(path.Path).Append(path.IsDirectory ? ", and everything below it\n" : "\n");
            foreach (string rule in rules.Where(present.Add))
                text.Append(rule).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Why a path can't stand in a rule; null where it can.</summary>
    public static string? WhyUnusable(string path) =>
        WhyNoName(path) is { } why ? why
        : path.Any(value => value is <= ' ' or '\x7F') ? "blanks and control characters can't stand in a rule"
        : path == "/" ? "a watch of / would record nearly everything"
        : null;

    /// <summary>Why no file can be found by a path as it was typed; null where one can.</summary>
    public static string? WhyNoName(string path)
    {
        // NAME_MAX; PATH_MAX without the 0 at its end.
        const int NameBytesMax = 255, PathBytesMax = 4095;
        return path.Contains('\uFFFD') ? "it isn't UTF-8: a rule would watch another name"
            : Encoding.UTF8.GetByteCount(path) > PathBytesMax ? $"a path has at most {PathBytesMax} bytes"
            : path.Split('/').Any(name => Encoding.UTF8.GetByteCount(name) > NameBytesMax) ? $"a name in a path has at most {NameBytesMax} bytes"
            : null;
    }

    static IEnumerable<string> Rules(WatchedPath path, string permissions, string key, Machine machine) =>
        RuleWidths.Of(machine).Select(width =>
            $"-a always,exit -F arch={width} -F {(path.IsDirectory ? "dir" : "path")}={path.Path} -F perm={permissions} -F key={key}");
}
