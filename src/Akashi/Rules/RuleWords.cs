namespace Akashi.Rules;

/// <summary>Cuts the words of a rule's text into options, as getopt_long(3) does for auditctl.</summary>
public static class RuleWords
{
    const string WithValue = "adASFCwWkpefbrqmR";
    const string WithoutValue = "Dtslicvh";

    /// <summary>Cuts words into options.</summary>
    /// <param name="words">A command line without the tool's name, or the words of a rule file's line.</param>
    /// <param name="options">The options before the fault, if there is one; in order.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="value">The option it is about.</param>
    /// <param name="columns">Where each word stands in its line, from 1; null for a command line.</param>
    /// <returns>False where a word is no option, or its value is missing.</returns>
    public static bool TryCut(
        IReadOnlyList<string> words, out List<RuleOption> options, out RuleMessage message, out string value,
        IReadOnlyList<int>? columns = null)
    {

        // Most take a value.
        options = new List<RuleOption>((words.Count + 1) / 2);
        message = default;
        for (int index = 0; index < words.Count; index++)
        {
            value = words[index];
            bool? takesValue = TakesValue(value, out string name, out string? attached);
            if (takesValue is null)
            {
                message = RuleMessage.OptionUnknown;
                return false;
            }
            if (takesValue == true && attached is null && ++index == words.Count)
            {
                message = RuleMessage.OptionValueMissing;
                return false;
            }
            string? taken = takesValue == true ? attached ?? words[index] : null;
            options.Add(new RuleOption(name, taken) { Column = columns?[index] ?? 0 });
        }
        value = "";
        return true;
    }

    // Null where the word is no option.
    static bool? TakesValue(string word, out string name, out string? attached)
    {
        attached = null;
        name = word;
        if (word.StartsWith("--", StringComparison.Ordinal))
            return TakesValueLong(ref name, ref attached);
        if (word.Length < 2 || word[0] != '-')
            return null;
        name = word[..2];
        if (WithValue.Contains(word[1]))
        {
            attached = word.Length > 2 ? word[2..] : null;
            return true;
        }
        return WithoutValue.Contains(word[1]) && word.Length == 2 ? false : null;
    }

    static bool? TakesValueLong(ref string name, ref string? attached)
    {
        int equals = name.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0)
            (name, attached) = (name[..equals], name[(equals + 1)..]);
        return name switch
        {
            "--backlog_wait_time" or "--signal" => true,
            "--loginuid-immutable" or "--reset-lost" or "--reset_backlog_wait_time_actual" when equals < 0 => false,
            _ => null,
        };
    }
}
