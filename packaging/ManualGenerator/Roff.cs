using System.Text;

namespace Akashi.ManualGenerator;

/// <summary>Text as roff takes it literally.</summary>
static class Roff
{
    /// <summary>Running text; hyphens stay hyphens.</summary>
    public static string Text(string text) => Guard(Escape(text, isCode: false));

    /// <summary>Words to be typed: every sign is the one of the keyboard.</summary>
    public static string Code(string text) => Guard(Escape(text, isCode: true));

    /// <summary>Running text in which what stands between back quotes is to be typed, and so is what begins with a dash.</summary>
    public static string Prose(string text)
    {
        var roff = new StringBuilder();
        string[] parts = text.Split('`');
        for (int index = 0; index < parts.Length; index++)
            roff.Append(index % 2 == 1 ? $"\\fB{Escape(parts[index], isCode: true)}\\fR" : Escape(parts[index], isCode: false));
        return Guard(roff.ToString());
    }

    // A line that begins with a dot or an apostrophe would be a request.
    static string Guard(string line) => line.StartsWith('.') || line.StartsWith('\'') ? "\\&" + line : line;

    static string Escape(string text, bool isCode)
    {
        var roff = new StringBuilder();
        for (int index = 0; index < text.Length; index++)
        {
            bool isOption = text[index] == '-' && (isCode || index == 0 || text[index - 1] is ' ' or '-' or '(' or '=');
            roff.Append(text[index] switch
            {
                '\\' => "\\e",
                '-' => isOption ? "\\-" : "-",
                '\'' => isCode ? "\\(aq" : "'",
                '"' => "\\(dq",
                '~' => "\\(ti",
                '^' => "\\(ha",
                '`' => "\\(ga",
                '\u2026' => "...",
                > '~' => throw new InvalidDataException($"not ASCII: {text}"),
                _ => text[index].ToString(),
            });
        }

        return roff.ToString();
    }
}
