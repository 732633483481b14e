using Akashi.Cli.CommandLine;
using Akashi.Formats;

namespace Akashi.Cli.Ausearch;

/// <summary>--format, --raw and --interpret: one of them, once.</summary>
static class FormatOption
{
    public static string? Take(AusearchRequest request, OptionWords words)
    {
        if (!words.TryTake(out string word))
            return $"argument is required for {words.Option}";
        if (word == "raw")
            return Choose(request, OutputFormat.Raw);
        if (word == "default")
            return Choose(request, OutputFormat.Default);
        if (word.StartsWith("interp", StringComparison.Ordinal))
            return Choose(request, OutputFormat.Interpret);
        if (word == "csv")
            return Choose(request, OutputFormat.Csv);
        if (word == "text")
            return Choose(request, OutputFormat.Text);
        return $"unknown format '{word}': raw, default, interpret, csv, text";
    }

    /// <summary>Null, or what is wrong: columns of csv that were asked for without it.</summary>
    /// <remarks>--extra-obj2 is passed over, as the original does.</remarks>
    public static string? CheckColumns(AusearchRequest request) =>
        request.Format != OutputFormat.Csv && (request.ExtraColumns & ~CsvColumns.SecondObject) != 0
            ? "--extra-keys, --extra-labels and --extra-time need --format csv"
            : null;

    public static string? Choose(AusearchRequest request, OutputFormat format)
    {
        if (request.Format is not null && request.Format != format)
            return "only one output format can be chosen";
        request.Format = format;
        return null;
    }
}
