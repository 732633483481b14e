namespace Akashi.Cli.CommandLine;

/// <summary>How a row is written: <c>-ts, --start TIME</c>.</summary>
public static class OptionSynopsis
{
    /// <summary>The names and the value of a row.</summary>
    public static string Of(IOptionRow row)
    {
        string names = row.Short is null ? row.Long! : row.Long is null ? row.Short : row.Short + ", " + row.Long;
        return row.Value is null ? names : names + " " + row.Value;
    }

    /// <summary>What is said of a row, in whole sentences: its line, then its long help.</summary>
    public static string Sentences(IOptionRow row)
    {
        string line = row.Help.Length == 0 ? "" : (BeginsWithValue(row) ? row.Help[..1] : row.Help[..1].ToUpperInvariant()) + row.Help[1..].TrimEnd('.') + ".";
        return row.LongHelp is null ? line : line + " " + row.LongHelp;
    }

    // Words to be typed stay as they are typed: v1, auto, yes.
    static bool BeginsWithValue(IOptionRow row)
    {
        string first = row.Help.Split(' ', ',', '.', ';', ':')[0];
        return row.Value is not null && (first.Any(char.IsAsciiDigit) || (row.Values.Or(row.Value).Words ?? "").Split(' ').Contains(first));
    }
}
