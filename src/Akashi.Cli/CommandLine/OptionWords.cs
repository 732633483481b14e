namespace Akashi.Cli.CommandLine;

/// <summary>The words of a command line, from the option being applied on.</summary>
public sealed class OptionWords(IReadOnlyList<string> words)
{
    int _next;
    string? _attached;

    /// <summary>The option as it was typed, with its dashes.</summary>
    public string Option { get; private set; } = "";

    /// <summary>Whether <c>--</c> came before: what follows are operands.</summary>
    public bool IsAfterDashes { get; internal set; }

    /// <summary>What getopt_long(3) says where the option's value is missing.</summary>
    internal string MissingValue => Option.StartsWith("--", StringComparison.Ordinal)
        ? $"option '{Option}' requires an argument"
        : $"option requires an argument -- '{Option[1..]}'";

    /// <summary>Whether words are left.</summary>
    internal bool HasMore => _attached is not null || _next < words.Count;

    /// <summary>Takes the following word as a value unless it looks like an option (begins with a dash).</summary>
    public bool TryTake(out string value)
    {
        if (_attached is null && _next < words.Count && words[_next].StartsWith('-'))
        {
            value = "";
            return false;
        }

        return TryTakeAny(out value);
    }

    /// <summary>Takes the following word as a value, whatever it begins with: <c>-e -13</c>.</summary>
    public bool TryTakeAny(out string value)
    {
        if (_attached is not null)
        {
            value = _attached;
            _attached = null;
            return true;
        }

        if (_next < words.Count)
        {
            value = words[_next++];
            return true;
        }

        value = "";
        return false;
    }

    /// <summary>The following word without taking it; null at the end.</summary>
    public string? Peek() => _attached ?? (_next < words.Count ? words[_next] : null);

    internal string NextWord() => words[_next++];

    internal void Begin(string option, string? attached)
    {
        Option = option;
        _attached = attached;
    }

    /// <summary>What is left of an attached text that the option didn't take; null for nothing.</summary>
    internal string? TakeRest()
    {
        string? rest = _attached;
        _attached = null;
        return rest;
    }
}
