using System.Globalization;
using Akashi.Reports.Counting;

namespace Akashi.Cli.RuleCommands;

/// <summary>The rows of <c>akashi rules cost</c>: what each key makes in a day at the pace of the measurement, the most bytes first.</summary>
sealed class CostTable(CostResult result)
{
    const double SecondsPerDay = 86_400;
    const double BytesPerMegabyte = 1_000_000;

    /// <summary>The heading and the rows.</summary>
    /// <param name="candidates">Rules on trial: their rows have their place and line in place of the key.</param>
    /// <param name="loadedKeys">Keys of the loaded rules: those without events have rows too.</param>
    public IEnumerable<string> Rows(IReadOnlyList<CandidateRule> candidates, IEnumerable<string> loadedKeys)
    {
        yield return $"{"events",10} {"a day",12} {"MB a day",10}  {(candidates.Count > 0 ? "key or rule" : "key")}";
        var names = candidates.Where(candidate => candidate.Key is not null)
            .ToDictionary(candidate => candidate.Key!, candidate => $"{candidate.Line.Place}: {candidate.Line.Text}");
        foreach (KeyCost cost in result.Costs.Ordered())
            yield return Row(cost.Events, cost.Bytes, cost.Key is null ? "(no key)" : names.GetValueOrDefault(cost.Key, cost.Key));
        IEnumerable<string> silent = candidates.Select(candidate => candidate.Key).OfType<string>().Concat(loadedKeys.Order(StringComparer.Ordinal)).Distinct();
        foreach (string key in silent.Where(key => result.Costs.Find(key) is null))
            yield return Row(0, 0, names.GetValueOrDefault(key, key));
    }

    string Row(long events, long bytes, string name)
    {
        double days = result.Elapsed.TotalSeconds / SecondsPerDay;
        return string.Create(CultureInfo.InvariantCulture, $"{events,10} {events / days,12:0} {bytes / days / BytesPerMegabyte,10:0.0}  {name}");
    }
}
