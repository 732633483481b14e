using System.Text;
using Akashi.Diagnostics;

namespace Akashi.Configuration;

/// <summary>Reads auditd.conf: <c>keyword = value [option]</c> lines, blanks around the sign, <c>#</c> for comments.</summary>
/// <remarks>
/// Keywords and fixed words are taken in any case. Every fault of the file is said with its line and the legal values, not only the first; of a file
/// with very many the first <see cref="FaultsMax"/>. What the text can't tell (whether a program, a group is there) is looked at elsewhere.
/// </remarks>
public sealed class AuditdConfigurationParser
{
    /// <summary>After so many faults the rest of the file is left alone.</summary>
    public const int FaultsMax = ConfigurationLines.FaultsMax;

    const int LineBytesMax = ConfigurationLines.LengthMax;

    readonly DiagnosticBag _diagnostics;
    readonly string _file;
    readonly Dictionary<string, int> _lines = [];
    AuditdConfiguration _result = new();
    int _line;
    int _faults;

    AuditdConfigurationParser(string file, DiagnosticBag diagnostics)
    {
        _file = file;
        _diagnostics = diagnostics;
    }

    /// <summary>Reads a file's text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">Its name, for diagnostics.</param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    /// <returns>The configuration; not to be used where there are errors.</returns>
    public static AuditdConfiguration Parse(string text, string file, DiagnosticBag diagnostics)
    {
        var parser = new AuditdConfigurationParser(file, diagnostics);
        foreach (Range range in text.AsSpan().Split('\n'))
        {
            parser._line++;
            parser.ParseLine(text.AsSpan(range));
            if (parser._faults < FaultsMax)
                continue;
            parser.Say(11, Severity.Error, "too many errors; the rest is not read");
            return parser._result;
        }

        parser._line = 0;
        AuditdConfigurationRules.Check(parser._result, (keyword, number, severity, fault) => parser.SayOf(keyword, number, severity, fault));
        return parser._result;
    }

    void ParseLine(ReadOnlySpan<char> line)
    {
        if (line.Length > LineBytesMax || Encoding.UTF8.GetByteCount(line) > LineBytesMax)
        {
            Fail(1, $"the line is longer than {LineBytesMax} bytes");
            return;
        }

        string[] words = line.ToString().Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || words[0].StartsWith('#'))
            return;
        if (words.Length >= 3 && words[1] == "=")
            Apply(words[0], words.AsSpan(2));
        else if (words.Length == 2 && words[1] == "=")
            Fail(3, $"{QuotedText.Of(words[0])} has no value{LegalOf(words[0])}");
        else
            Fail(2, $"'{QuotedText.Of(string.Join(' ', words))}' is not 'keyword = value', with blanks around the sign");
    }

    void Apply(string name, ReadOnlySpan<string> words)
    {
        if (AuditdKeywords.Find(name) is not { } keyword)
        {
            Fail(4, $"unknown keyword '{QuotedText.Of(name)}'");
            return;
        }

        _lines[keyword.Name] = _line;
        if (!keyword.TryApply(words, ref _result))
            Fail(8, $"{keyword.Name} is '{QuotedText.Of(string.Join(' ', words.ToArray()))}', not {keyword.Legal}");
        else if (keyword.IsDeprecated)
            Say(9, Severity.Warning, $"{keyword.Name} is deprecated: {keyword.Note}");
    }

    static string LegalOf(string name) => AuditdKeywords.Find(name) is { } keyword ? ": " + keyword.Legal : "";

    void SayOf(string keyword, int number, Severity severity, string text)
    {
        _line = _lines.GetValueOrDefault(keyword);
        Say(number, severity, text);
    }

    void Fail(int number, string text) => Say(number, Severity.Error, text);

    void Say(int number, Severity severity, string text)
    {
        if (severity == Severity.Error)
            _faults++;
        _diagnostics.Add(new Diagnostic(number, severity, text) { File = _file, Line = _line });
    }
}
