using System.Globalization;
using Akashi.Output;

namespace Akashi.Cli.CommandLine;

/// <summary>How the values of options are taken that ausearch and aureport share.</summary>
/// <remarks>Each returns null, or why the option can't be taken: lower case, no full stop.</remarks>
static class ReadingOptions
{
    /// <summary>One word.</summary>
    public static string? TakeValue(OptionWords words, Action<string> assign)
    {
        if (!words.TryTake(out string value))
            return $"argument is required for {words.Option}";
        assign(value);
        return null;
    }

    /// <summary>One or two words of a time, read later by <see cref="TimeSpecification"/>.</summary>
    public static string? TakeTime(OptionWords words, Action<string[]> assign)
    {
        if (!words.TryTake(out string first))
            return $"{words.Option} needs a date, a time or both";
        assign(words.TryTake(out string second) ? [first, second] : [first]);
        return null;
    }

    /// <summary>The name of an <see cref="EscapeMode"/>.</summary>
    public static string? TakeEscape(OptionWords words, Action<EscapeMode> assign)
    {
        if (!words.TryTake(out string name))
            return $"argument is required for {words.Option}";
        EscapeMode? mode = name switch
        {
            "raw" => EscapeMode.Raw,
            "tty" => EscapeMode.Terminal,
            "shell" => EscapeMode.Shell,
            "shell_quote" => EscapeMode.ShellQuote,
            _ => null,
        };
        if (mode is null)
            return $"unknown escape mode '{name}': raw, tty, shell, shell_quote";
        assign(mode.Value);
        return null;
    }

    /// <summary>A number of seconds.</summary>
    public static string? TakeSeconds(OptionWords words, Action<int> assign)
    {
        if (!words.TryTake(out string text) || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds))
            return $"{words.Option} needs a number of seconds";
        assign(seconds);
        return null;
    }
}
