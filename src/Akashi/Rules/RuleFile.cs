using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Akashi.Diagnostics;

namespace Akashi.Rules;

/// <summary>One line of a rule file that says something.</summary>
/// <param name="Number">Its number in the file, from 1.</param>
/// <param name="Text">The line without blanks at its ends.</param>
/// <param name="Options">Its options; null where they can't be told, which the diagnostics say.</param>
public sealed record RuleFileLine(int Number, string Text, IReadOnlyList<RuleOption>? Options);

/// <summary>Reads rule files as <c>auditctl -R</c> does: one rule or control option a line, as one would type it.</summary>
/// <remarks>
/// Empty lines and lines whose first character is # say nothing. Words stand between blanks; a backslash before a blank or a
/// backslash makes it part of the word. There is no other quoting.
/// </remarks>
public static class RuleFile
{
    /// <summary>The longest line that is read, in bytes without its line feed.</summary>
    public const int LineBytesMax = 6143;

    // What lists are made for: growing costs more than the room.
    const int WordsUsual = 24;

    /// <summary>The lines of a file that say something, in order.</summary>
    /// <param name="bytes">The file; UTF-8.</param>
    /// <param name="name">Its name, for the diagnostics.</param>
    /// <param name="diagnostics">Receives what is wrong with lines and options; rules themselves aren't looked into.</param>
    public static IEnumerable<RuleFileLine> Read(ReadOnlyMemory<byte> bytes, string name, DiagnosticBag diagnostics)
    {
        // Used again for each line.
        var words = new List<string>(WordsUsual);
        var columns = new List<int>(WordsUsual);
        for (int number = 1; !bytes.IsEmpty; number++)
        {
            int end = bytes.Span.IndexOf((byte)'\n');
            ReadOnlyMemory<byte> line = end < 0 ? bytes : bytes[..end];
            bytes = end < 0 ? default : bytes[(end + 1)..];

            string text = Encoding.UTF8.GetString(line.Span).Trim(' ', '\t', '\r');
            if (text.Length == 0 || text[0] == '#')
                continue;
            yield return new RuleFileLine(number, text, ReadOptions(line.Span, text, name, number, diagnostics, words, columns));
        }
    }

    /// <summary>The words of a line.</summary>
    public static IReadOnlyList<string> Words(string text)
    {
        var words = new List<string>(WordsUsual);
        ReadWords(text, words, []);
        return words;
    }

    // The words of a line, and where each begins, in characters from 1.
    static void ReadWords(string text, List<string> words, List<int> columns)
    {
        for (int index = 0; index < text.Length;)
        {
            if (text[index] is ' ' or '\t')
            {
                index++;
                continue;
            }

            columns.Add(index + 1);
            int length = text.AsSpan(index).IndexOfAny(' ', '\t', '\\');
            length = length < 0 ? text.Length - index : length;
            bool isPlain = index + length == text.Length || text[index + length] != '\\';
            words.Add(isPlain ? Cut(text, index, length) : Unescaped(text, index, out length));
            index += length;
        }
    }

    // Half of a file's words are these.
    static string Cut(string text, int start, int length) => text.AsSpan(start, length) switch
    {
        "-F" => "-F",
        "-a" => "-a",
        "-S" => "-S",
        "-k" => "-k",
        "-C" => "-C",
        "-w" => "-w",
        "-p" => "-p",
        _ => text.Substring(start, length),
    };

    static string Unescaped(string text, int start, out int length)
    {
        var word = new StringBuilder();
        int index = start;
        for (; index < text.Length && text[index] is not (' ' or '\t'); index++)
        {
            if (text[index] == '\\' && index + 1 < text.Length && (text[index + 1] is ' ' or '\\'))
                index++;
            word.Append(text[index]);
        }

        length = index - start;
        return word.ToString();
    }

    static List<RuleOption>? ReadOptions(
        ReadOnlySpan<byte> line, string text, string name, int number, DiagnosticBag diagnostics, List<string> words, List<int> columns)
    {
        string value = line.Length.ToString(CultureInfo.InvariantCulture);
        int column = 0;
        RuleMessage message;
        if (line.Length > LineBytesMax)
            message = RuleMessage.LineTooLong;
        else if (line.Contains((byte)0) || !Utf8.IsValid(line))
            message = RuleMessage.LineNotText;
        else if (TryCut(line, text, words, columns, out List<RuleOption> options, out message, out value, out column))
            return options;
        diagnostics.Add(new Diagnostic((int)message, Severity.Error, RuleMessages.Text(message, value))
        {
            File = name,
            Line = number,
            Column = column,
            Hint = RuleHints.For(message, value),
        });
        return null;
    }

    static bool TryCut(
        ReadOnlySpan<byte> line, string text, List<string> words, List<int> columns,
        out List<RuleOption> options, out RuleMessage message, out string value, out int column)
    {
        words.Clear();
        columns.Clear();
        ReadWords(text, words, columns);
        int indent = line.IndexOfAnyExcept(" \t\r"u8);
        for (int index = 0; index < columns.Count; index++)
            columns[index] += indent;
        bool isCut = RuleWords.TryCut(words, out options, out message, out value, columns);
        string faulty = value;
        int place = isCut ? -1 : words.FindLastIndex(word => word == faulty);
        column = place < 0 ? 0 : columns[place];
        return isCut;
    }
}
