namespace Akashi.Setup;

/// <summary>A line of a file of /etc/pam.d, pam.d(5).</summary>
/// <param name="Type">auth, account, password, session; without the dash before it, which silences a missing module.</param>
/// <param name="Control">required, optional, include, <c>[success=ok default=bad]</c>, …; <c>@include</c> for Debian's own.</param>
/// <param name="Name">The module, or the file that is included.</param>
/// <param name="Arguments">What the module is told.</param>
public readonly record struct PamLine(string Type, string Control, string Name, string Arguments)
{
    /// <summary>The name of the file that it includes; null where it's a module.</summary>
    public string? Included => Control is "@include" || (Control is "include" or "substack" && Type == "session") ? Name : null;

    /// <summary>Whether it calls a module of that name, wherever that is.</summary>
    public bool IsModule(string module) =>
        Included is null && (Name == module || Name.EndsWith("/" + module, StringComparison.Ordinal));

    /// <summary>Reads one; false for comments, empty lines and those of no such form.</summary>
    public static bool TryParse(string line, out PamLine parsed)
    {
        parsed = default;
        int comment = line.IndexOf('#', StringComparison.Ordinal);
        string text = (comment < 0 ? line : line[..comment]).TrimEnd('\\').Trim();
        if (!TryTakeWord(ref text, out string type) || !TryTakeWord(ref text, out string control))
            return false;
        if (type == "@include")
        {
            parsed = new PamLine("", type, control, "");
            return true;
        }

        if (!TryTakeWord(ref text, out string name))
            return false;
        parsed = new PamLine(type.TrimStart('-').ToLowerInvariant(), control, name, text);
        return true;
    }

    // A word up to the next blank; one in brackets up to the bracket's end.
    static bool TryTakeWord(ref string text, out string word)
    {
        int end = text.StartsWith('[') ? text.IndexOf(']', StringComparison.Ordinal) + 1 : text.IndexOfAny([' ', '\t']);
        if (end <= 0)
            end = text.Length;
        word = text[..end];
        text = text[end..].TrimStart();
        return word.Length > 0;
    }
}
