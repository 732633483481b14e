using System.Globalization;

namespace Akashi.Configuration;

/// <summary>The grammars of auditd.conf's values.</summary>
static class KeywordGrammars
{
    const int ReportSecondsMax = 40 * 24 * 3600;

    public static KeywordGrammar<bool> YesNo { get; } = Words(("yes", true), ("no", false));

    public static KeywordGrammar<string> Text { get; } = new("one word", TryReadWord);

    public static KeywordGrammar<string> AbsolutePath { get; } = new(
        "an absolute path", (words, out value) => TryReadWord(words, out value) && value.StartsWith('/'));

    public static KeywordGrammar<string> MailAccount { get; } = new(
        "an account or an address of letters, digits and . _ - + @",
        (words, out value) => TryReadWord(words, out value) && value.All(IsOfAddress) && value.Count(letter => letter == '@') <= 1);

    public static KeywordGrammar<SpaceLimit> Space { get; } = new("MiB as a whole number, or 1% to 99%", TryReadSpace);

    public static KeywordGrammar<PortRange> Ports { get; } = new("'any', a port from 1 to 65535 or a range such as 1024-65535", TryReadPorts);

    public static KeywordGrammar<int> Interval { get; } = new(
        "seconds, or a number with s, m, h, d or M behind it, of 40 days at most", TryReadInterval);

    public static KeywordGrammar<int> Number(int min, int max = int.MaxValue) => new(
        max == int.MaxValue ? $"a number from {min} on" : $"a number from {min} to {max}",
        (words, out number) => TryReadNumber(words[0], out number) && number >= min && number <= max && words.Length == 1);

    /// <summary>One of fixed words, in any case.</summary>
    public static KeywordGrammar<T> Words<T>(params (string Word, T Meaning)[] all) => new(
        "one of " + string.Join(", ", all.Select(pair => pair.Word)),
        (words, out meaning) =>
        {
            string word = words[0];
            int index = Array.FindIndex(all, pair => pair.Word.Equals(word, StringComparison.OrdinalIgnoreCase));
            meaning = index < 0 ? default! : all[index].Meaning;
            return index >= 0 && words.Length == 1;
        });

    /// <summary>One of these actions; exec has its program behind it.</summary>
    public static KeywordGrammar<LogAction> Action(params LogActionKind[] kinds) => new(
        "one of " + string.Join(", ", kinds.Select(kind => new LogAction(kind, "/PROGRAM"))),
        (words, out action) => TryReadAction(words, kinds, out action));

    static bool TryReadWord(ReadOnlySpan<string> words, out string value)
    {
        value = words[0];
        return words.Length == 1;
    }

    static bool IsOfAddress(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' or '+' or '@';

    static bool TryReadNumber(ReadOnlySpan<char> text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    static bool TryReadSpace(ReadOnlySpan<string> words, out SpaceLimit limit)
    {
        bool isPercent = words[0].EndsWith('%');
        ReadOnlySpan<char> digits = isPercent ? words[0].AsSpan(..^1) : words[0];
        bool isRead = TryReadNumber(digits, out int number) && words.Length == 1 && (!isPercent || number is >= 1 and <= 99);
        limit = new SpaceLimit(number, isPercent);
        return isRead;
    }

    static bool TryReadPorts(ReadOnlySpan<string> words, out PortRange range)
    {
        range = default;
        if (words.Length != 1)
            return false;
        if (words[0].Equals("any", StringComparison.OrdinalIgnoreCase))
            return true;
        int dash = words[0].IndexOf('-', StringComparison.Ordinal);
        ReadOnlySpan<char> first = dash < 0 ? words[0] : words[0].AsSpan(0, dash);
        ReadOnlySpan<char> last = dash < 0 ? words[0] : words[0].AsSpan(dash + 1);
        if (!TryReadNumber(first, out int from) || !TryReadNumber(last, out int to) || from < 1 || to > 65535 || from > to)
            return false;
        range = new PortRange(from, to);
        return true;
    }

    static bool TryReadInterval(ReadOnlySpan<string> words, out int seconds)
    {
        seconds = 0;
        if (words.Length != 1)
            return false;
        int unitSeconds = words[0][^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86_400, 'M' => 30 * 86_400, _ => 0 };
        ReadOnlySpan<char> digits = unitSeconds == 0 ? words[0] : words[0].AsSpan(..^1);
        if (!TryReadNumber(digits, out int number))
            return false;
        long all = (long)number * Math.Max(unitSeconds, 1);
        seconds = (int)Math.Min(all, int.MaxValue);
        return all <= ReportSecondsMax;
    }

    static bool TryReadAction(ReadOnlySpan<string> words, LogActionKind[] kinds, out LogAction action)
    {
        action = default;
        foreach (LogActionKind kind in kinds)
        {
            string word = kind == LogActionKind.Exec ? "exec" : new LogAction(kind).ToString();
            if (!word.Equals(words[0], StringComparison.OrdinalIgnoreCase))
                continue;
            if (kind == LogActionKind.Exec)
            {
                action = new LogAction(kind, words.Length > 1 ? words[1] : null);
                return words.Length == 2 && words[1].StartsWith('/');
            }

            action = new LogAction(kind);
            return words.Length == 1;
        }

        return false;
    }
}
