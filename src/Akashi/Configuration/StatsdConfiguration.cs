using System.Globalization;
using Akashi.Diagnostics;

namespace Akashi.Configuration;

/// <summary>audisp-statsd.conf: where metrics go, and how often.</summary>
/// <remarks><c>keyword = value</c> lines: address (a name or an address), port (1 to 65535), interval (a number and s, m, h, d or M; 15s).</remarks>
/// <param name="Address">Whom.</param>
/// <param name="Port">UDP.</param>
/// <param name="Interval">How often.</param>
public sealed record StatsdConfiguration(string Address, int Port, TimeSpan Interval)
{
    const int FaultNumber = 54;
    const int DaysMax = 3660;

    /// <summary>Reads a file's text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">Its path.</param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    public static StatsdConfiguration Parse(string text, string file, DiagnosticBag diagnostics)
    {
        var result = new StatsdConfiguration("", 0, TimeSpan.FromSeconds(15));
        int number = 0;
        foreach (string line in text.Split('\n'))
        {
            number++;
            string[] words = line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || words[0].StartsWith('#'))
                continue;
            string? fault = words.Length == 3 && words[1] == "="
                ? Apply(words[0].ToLowerInvariant(), words[2], ref result)
                : "not 'keyword = value', with blanks around the sign";
            if (fault is not null)
                diagnostics.Add(new Diagnostic(FaultNumber, Severity.Error, fault) { File = file, Line = number });
        }

        if (!diagnostics.HasErrors && (result.Address.Length == 0 || result.Port == 0))
            diagnostics.Add(new Diagnostic(FaultNumber, Severity.Error, "address and port are needed") { File = file });
        return result;
    }

    static string? Apply(string keyword, string value, ref StatsdConfiguration result)
    {
        switch (keyword)
        {
            case "address":
                result = result with { Address = value };
                return null;
            case "port" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and <= ushort.MaxValue:
                result = result with { Port = port };
                return null;
            case "port":
                return $"port is '{QuotedText.Of(value)}', not a number from 1 to 65535";
            case "interval" when TryInterval(value, out TimeSpan interval):
                result = result with { Interval = interval };
                return null;
            case "interval":
                return $"interval is '{QuotedText.Of(value)}', not a number above 0 and s, m, h, d or M, up to ten years";
            default:
                return $"unknown keyword '{QuotedText.Of(keyword)}': address, port and interval are known";
        }
    }

    // A month has 30 days.
    static bool TryInterval(string value, out TimeSpan interval)
    {
        interval = default;
        bool hasUnit = value.Length > 1 && !char.IsAsciiDigit(value[^1]);
        long unit = !hasUnit ? 1 : value[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86_400, 'M' => 30 * 86_400, _ => 0 };
        string digits = hasUnit ? value[..^1] : value;
        if (unit == 0 || !uint.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) || number == 0 || number * unit > DaysMax * 86_400L)
            return false;
        interval = TimeSpan.FromSeconds(number * unit);
        return true;
    }
}
