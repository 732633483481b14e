using System.Globalization;
using Akashi.Control;

namespace Akashi.Health;

/// <summary>What the daemon counted as missing in the last day.</summary>
static class LedgerFinding
{
    const string Name = "losses";

    static readonly TimeSpan s_news = TimeSpan.FromDays(1);

    public static Finding? Of(HealthFacts facts)
    {
        if (facts.Service is not { } service)
            return null;
        // The counts overlap: each stands by itself.
        List<string> lost = [.. service.Losses.Where(loss => loss.Count > 0 && facts.Now - loss.Last < s_news).Select(loss => loss.Describe())];
        if (service.Absence is { } absence && facts.Now - absence.Until < s_news && absence is not { IsCounted: true, Events: 0 })
            lost.Add(string.Create(CultureInfo.InvariantCulture, $"nobody recorded for {Math.Ceiling((absence.Until - absence.From).TotalMinutes)} minutes after the daemon ended without a word"));
        return lost.Count == 0
            ? Finding.Fine(Name, $"{service.Program} counted nothing as missing in the last day")
            : Finding.Warning(
                Name, $"missing in the last day: {string.Join("; ", lost)}", "what was done then may be in no record; the counts overlap and don't add up",
                "ausearch -m DAEMON_ERR -ts yesterday says when; akashi status");
    }
}
