using Akashi.Cli.CommandLine;

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
        return $"unknown format '{word}': raw, default, interpret";
    }

    public static string? Choose(AusearchRequest request, OutputFormat format)
    {
        if (request.Format is not null && request.Format != format)
            return "only one output format can be chosen";
        request.Format = format;
        return null;
    }
}
