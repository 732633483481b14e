using Akashi.Diagnostics;
using Akashi.Host;

namespace Akashi.Configuration;

/// <summary>Reads akashi.conf: the grammar of auditd.conf (<c>keyword = value</c>, <c>#</c> for comments), the same care about who can write it.</summary>
/// <remarks>A file that is missing says nothing. Every fault is said with its line and the legal values; of very many the first hundred.</remarks>
public static class AkashiConfigurationFile
{
    const int FaultNumber = 60;

    /// <summary>Reads the file beside auditd.conf.</summary>
    /// <param name="files">The machine's files.</param>
    /// <param name="directory">Where auditd.conf is.</param>
    /// <param name="allowsLink">Whether the file may be a symbolic link (<c>-l</c>).</param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    /// <returns>The configuration; not to be used where there are errors.</returns>
    public static AkashiConfiguration Read(IFiles files, string directory, bool allowsLink, DiagnosticBag diagnostics)
    {
        string path = Path.Combine(directory, AkashiConfiguration.FileName);
        if (!files.TryLook(path, followsLink: false, out _))
            return new AkashiConfiguration();
        return AuditdConfigurationFile.ReadText(files, path, allowsLink, diagnostics) is { } text
            ? Parse(text, path, diagnostics)
            : new AkashiConfiguration();
    }

    /// <summary>Reads a file's text.</summary>
    public static AkashiConfiguration Parse(string text, string file, DiagnosticBag diagnostics) =>
        ConfigurationLines.Read(text, file, FaultNumber, new AkashiConfiguration(), Take, diagnostics);

    static string? Take(ReadOnlySpan<char> line, ref AkashiConfiguration configuration)
    {
        string[] words = line.ToString().Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || words[0].StartsWith('#'))
            return null;
        if (words.Length < 3 || words[1] != "=")
            return $"'{QuotedText.Of(string.Join(' ', words))}' is not 'keyword = value', with blanks around the sign";
        if (AkashiKeywords.Find(words[0]) is not { } keyword)
            return $"unknown keyword '{QuotedText.Of(words[0])}'";
        return keyword.TryApply(words.AsSpan(2), ref configuration)
            ? null
            : $"{keyword.Name} is '{QuotedText.Of(string.Join(' ', words[2..]))}', not {keyword.Legal}";
    }
}
