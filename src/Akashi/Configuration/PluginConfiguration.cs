using Akashi.Diagnostics;

namespace Akashi.Configuration;

/// <summary>One file of plugins.d: a program that gets every record.</summary>
/// <remarks>
/// <c>keyword = value</c> lines as in auditd.conf: active (yes, no), direction (out; in is refused), path, type (always; builtin is refused),
/// args (any number of words, no quoting), format (string, binary). What else is in the directory: PluginDirectory.
/// </remarks>
/// <param name="Name">The file's name without <c>.conf</c>.</param>
/// <param name="IsActive">active.</param>
/// <param name="Path">path: an absolute path; empty where there is none.</param>
/// <param name="Arguments">args.</param>
/// <param name="IsBinary">format = binary.</param>
public sealed record PluginConfiguration(string Name, bool IsActive, string Path, IReadOnlyList<string> Arguments, bool IsBinary)
{
    /// <summary>Reads a file's text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">Its path.</param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    public static PluginConfiguration Parse(string text, string file, DiagnosticBag diagnostics)
    {
        string name = System.IO.Path.GetFileName(file);
        var result = new PluginConfiguration(name.EndsWith(".conf", StringComparison.Ordinal) ? name[..^5] : name, false, "", [], false);
        int number = 0;
        foreach (string line in text.Split('\n'))
        {
            number++;
            string[] words = line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || words[0].StartsWith('#'))
                continue;
            string? fault = words.Length >= 3 && words[1] == "="
                ? Apply(words[0].ToLowerInvariant(), words.AsSpan(2), ref result)
                : "not 'keyword = value', with blanks around the sign";
            if (fault is not null)
                diagnostics.Add(new Diagnostic(50, Severity.Error, fault) { File = file, Line = number });
        }

        if (result.IsActive && result.Path.Length == 0)
            diagnostics.Add(new Diagnostic(51, Severity.Error, "an active plugin needs a path") { File = file });
        return result;
    }

    static string? Apply(string keyword, ReadOnlySpan<string> words, ref PluginConfiguration result)
    {
        string value = words[0].ToLowerInvariant();
        if (keyword == "args")
        {
            result = result with { Arguments = words.ToArray() };
            return null;
        }

        if (words.Length > 1)
            return $"{QuotedText.Of(keyword)} has more than one word";
        switch (keyword, value)
        {
            case ("active", "yes" or "no"):
                result = result with { IsActive = value == "yes" };
                return null;
            case ("format", "string" or "binary"):
                result = result with { IsBinary = value == "binary" };
                return null;
            case ("path", _) when value.StartsWith('/'):
                result = result with { Path = words[0] };
                return null;
            case ("direction", "out") or ("type", "always"):
                return null;
            case ("active", _):
                return "active is neither yes nor no";
            case ("format", _):
                return "format is neither string nor binary";
            case ("path", _):
                return "path is not an absolute path";
            case ("direction", _):
                return "direction can only be out";
            case ("type", _):
                return "type can only be always: what was builtin is a program now";
            default:
                return "unknown keyword: active, direction, path, type, args, format";
        }
    }
}
