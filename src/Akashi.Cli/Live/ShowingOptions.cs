using Akashi.Cli.CommandLine;

namespace Akashi.Cli.Live;

/// <summary>What may be typed behind every command that shows the live view: how long, and in which colours.</summary>
abstract class ShowingOptions
{
    public TimeSpan? Duration { get; private set; }

    public bool? HasColors { get; private set; }

    public bool WantsHelp { get; protected set; }

    protected string? TakeSeconds(OptionWords words)
    {
        if (!words.TryTakeAny(out string word) || !Durations.TryParseSeconds(word, out TimeSpan duration))
            return "--seconds needs a number from 1 to 86400000";
        Duration = duration;
        return null;
    }

    protected string? TakeColor(OptionWords words)
    {
        if (!words.TryTakeAny(out string word) || word is not ("auto" or "always" or "never"))
            return "--color needs auto, always or never";
        HasColors = word == "auto" ? null : word == "always";
        return null;
    }
}
