namespace Akashi.Setup;

/// <summary>Changes settings in a file of <c>keyword = value</c> lines and leaves everything else as it is.</summary>
public static class SettingLines
{
    /// <summary>The value that holds: of the last active line with the key, which readers go by; null where there is none.</summary>
    public static string? Find(string text, string key) => text.Split('\n').Select(line => ValueOf(line, key)).OfType<string>().LastOrDefault();

    /// <summary>Has a key have a value: the line that has another is rewritten, a second one of the key goes, a missing one is put at the end.</summary>
    /// <param name="text">The file.</param>
    /// <param name="key">The key; readers don't tell upper from lower case.</param>
    /// <param name="value">The value; one that is there in another case stays.</param>
    public static string Set(string text, string key, string value)
    {
        if (string.Equals(Find(text, key), value, StringComparison.OrdinalIgnoreCase))
            return text;
        var lines = new List<string>();
        bool isSet = false;
        foreach (string line in text.Split('\n'))
        {
            if (ValueOf(line, key) is null)
                lines.Add(line);
            else if (!isSet)
                lines.Add($"{key} = {value}");
            isSet |= ValueOf(line, key) is not null;
        }

        if (isSet)
            return string.Join('\n', lines);
        string begin = text.Length == 0 || text.EndsWith('\n') ? text : text + "\n";
        return $"{begin}{key} = {value}\n";
    }

    /// <summary>As <see cref="Set"/>, for a value that is the default: a file that doesn't name the key stays without it.</summary>
    public static string SetWhereNamed(string text, string key, string value) => Find(text, key) is null ? text : Set(text, key, value);

    static string? ValueOf(string line, string key)
    {
        string[] words = line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length >= 3 && words[1] == "=" && words[0].Equals(key, StringComparison.OrdinalIgnoreCase) ? string.Join(' ', words[2..]) : null;
    }
}
