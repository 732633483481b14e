using Akashi.Diagnostics;
using Akashi.Host;

namespace Akashi.Configuration;

/// <summary>Reads recorder.conf: <c>keyword = value</c> a line, <c>#</c> for comments; blanks around the sign may be left out.</summary>
/// <remarks>Every fault is said with its line and the legal values, of very many the first hundred; where a line is wrong, the default holds for it.</remarks>
public static class RecorderConfigurationFile
{
    const int FaultNumber = 61;

    /// <summary>Reads a file that nobody but root can have written; one that is missing says nothing.</summary>
    /// <param name="files">The machine's files.</param>
    /// <param name="path">The file.</param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    public static RecorderConfiguration Read(IFiles files, string path, DiagnosticBag diagnostics)
    {
        if (!files.TryLook(path, followsLink: false, out _))
            return RecorderConfiguration.Default;
        return AuditdConfigurationFile.ReadText(files, path, allowsLink: true, diagnostics) is { } text
            ? Parse(text, path, diagnostics)
            : RecorderConfiguration.Default;
    }

    /// <summary>Reads a file's text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">How faults name it; null where who says them names it.</param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    public static RecorderConfiguration Parse(string text, string? file, DiagnosticBag diagnostics) =>
        ConfigurationLines.Read(text, file, FaultNumber, RecorderConfiguration.Default, Take, diagnostics);

    static string? Take(ReadOnlySpan<char> line, ref RecorderConfiguration configuration)
    {
        line = line.Trim();
        if (line.IsEmpty || line[0] == '#')
            return null;
        int sign = line.IndexOf('=');
        string name = (sign < 0 ? line : line[..sign]).Trim().ToString();
        string[] words = sign < 0 ? [] : line[(sign + 1)..].ToString().Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (name.Length == 0 || words.Length == 0)
            return $"'{QuotedText.Of(line.ToString())}' is not 'keyword = value'";
        if (RecorderKeywords.Find(name) is not { } keyword)
            return $"unknown keyword '{QuotedText.Of(name)}', not one of {string.Join(", ", RecorderKeywords.All.Select(known => known.Name))}";
        return keyword.TryApply(words, ref configuration)
            ? null
            : $"{keyword.Name} is '{QuotedText.Of(string.Join(' ', words))}', not {keyword.Legal}";
    }
}
