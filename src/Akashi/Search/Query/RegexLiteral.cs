using System.Text;

namespace Akashi.Search.Query;

/// <summary>Finds a text that whatever follows a regular expression must hold: so that only lines that hold it are looked at.</summary>
/// <remarks>
/// <code>
/// for each letter outside groups and classes: append it to the run
/// at anything else: the run ends; where ? * { follow a letter, without that letter
/// </code>
/// The longest run counts. Where alternatives, options or escapes that aren't in the short list stand anywhere, there is none: too few are harmless, a
/// wrong one would hide events.
/// </remarks>
static class RegexLiteral
{
    /// <summary>The longest text that is needed; empty where none is known.</summary>
    public static string Find(string expression)
    {
        if (expression.Contains('|', StringComparison.Ordinal) || expression.Contains("(?", StringComparison.Ordinal) || expression.Any(letter => letter == '\uFFFD' || char.IsSurrogate(letter)))
            return "";
        string best = "";
        var run = new StringBuilder();
        int depth = 0;
        for (int index = 0; index < expression.Length; index++)
        {
            char letter = expression[index];
            bool isEscaped = letter == '\\';
            if (isEscaped && !TryTakeEscape(expression, ref index, out letter))
                return "";
            if (letter == '[' && !isEscaped)
            {
                index = EndOfClass(expression, index);
                if (index < 0)
                    return "";
                letter = '\0';
            }

            if (letter is '(' or ')' && !isEscaped)
            {
                depth += letter == '(' ? 1 : -1;
                letter = '\0';
            }

            bool isOptional = index + 1 < expression.Length && expression[index + 1] is '?' or '*' or '{';
            bool isPlain = letter != '\0' && depth == 0 && (isEscaped || !".^$?*+{}".Contains(letter, StringComparison.Ordinal));
            if (isPlain && !isOptional)
                run.Append(letter);
            if (isPlain && !isOptional && !(index + 1 < expression.Length && expression[index + 1] == '+'))
                continue;
            if (run.Length > best.Length)
                best = run.ToString();
            run.Clear();
            if (letter == '{' && !isEscaped)
                index = Math.Max(index, expression.IndexOf('}', index));
        }

        return run.Length > best.Length ? run.ToString() : best;
    }

    // \. is a letter; \d and its like are none, and end a run.
    static bool TryTakeEscape(string expression, ref int index, out char letter)
    {
        letter = '\0';
        if (++index == expression.Length)
            return false;
        char escaped = expression[index];
        if (!char.IsAsciiLetterOrDigit(escaped) && escaped != '_')
            letter = escaped;
        return letter != '\0' || "dDwWsSbBAzZ".Contains(escaped, StringComparison.Ordinal);
    }

    // The place of its closing bracket; a first ] belongs to the class. -1 for classes inside classes.
    static int EndOfClass(string expression, int open)
    {
        int index = open + 1;
        if (index < expression.Length && expression[index] == '^')
            index++;
        for (int first = index; index < expression.Length; index++)
        {
            if (expression[index] == '\\')
                index++;
            else if (expression[index] == '[')
                return -1;
            else if (expression[index] == ']' && index > first)
                return index;
        }

        return -1;
    }
}
