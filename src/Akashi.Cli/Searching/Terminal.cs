using Akashi.Linux.Terminals;

namespace Akashi.Cli.Searching;

/// <summary>What the terminal can show, and what its user wants.</summary>
static class Terminal
{
    const int UsualColumns = 80;

    /// <summary>Columns of the terminal behind standard output; 80 where it doesn't know.</summary>
    public static int Columns => StandardStreams.TryGetSize(1, out int columns, out _) ? columns : UsualColumns;

    /// <summary>Whether colours are wanted on a terminal; no-color.org: not where NO_COLOR is set and not empty, whatever its value.</summary>
    public static bool WantsColors() =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb";

    /// <summary>Whether it shows more than ASCII, as the locale says: setlocale(3)'s order of variables.</summary>
    public static bool ShowsUtf8()
    {
        string? locale = new[] { "LC_ALL", "LC_CTYPE", "LANG" }.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        return locale is not null && (locale.Contains("UTF-8", StringComparison.OrdinalIgnoreCase) || locale.Contains("utf8", StringComparison.OrdinalIgnoreCase));
    }
}
