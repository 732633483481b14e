using System.Globalization;

namespace Akashi.Cli.Live;

/// <summary>Lengths of time on command lines.</summary>
static class Durations
{
    const int SecondsMax = 86_400_000;

    /// <summary>Reads whole seconds, 1 to 86400000.</summary>
    public static bool TryParseSeconds(string word, out TimeSpan duration)
    {
        bool isNumber = int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)
            && seconds is >= 1 and <= SecondsMax;
        duration = TimeSpan.FromSeconds(isNumber ? seconds : 0);
        return isNumber;
    }

    /// <summary>Reads a number and a unit: <c>30s</c>, <c>10m</c>, <c>2h</c>, <c>3d</c>.</summary>
    public static bool TryParse(string word, out TimeSpan duration)
    {
        duration = default;
        if (word.Length < 2 || !TryParseSeconds(word[..^1], out TimeSpan number))
            return false;
        int unitSeconds = word[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => 0 };
        duration = number * unitSeconds;
        return unitSeconds > 0;
    }
}
