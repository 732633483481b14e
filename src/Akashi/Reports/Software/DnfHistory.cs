namespace Akashi.Reports.Software;

/// <summary>What dnf writes down of its own runs, <c>/var/lib/dnf/history.sqlite</c>: failures too.</summary>
/// <remarks>
/// A transaction has the words behind dnf's name, when it began, and a state: 0 not ended, 1 done, 2 failed. Its items are packages, each with an action (1 install,
/// 2 downgrade, 6 upgrade, 8 remove, 9 reinstall; others are about what went for it) and a state of its own. Source: libdnf's transaction/types.hpp.
/// </remarks>
/// <param name="path">What the report names as the source.</param>
public sealed class DnfHistory(string path) : IPackageHistory
{
    /// <summary>The transactions: id, begin, state, words; in the order of their ids.</summary>
    public const string TransactionsQuery = "SELECT id, dt_begin, state, description FROM trans ORDER BY id";

    /// <summary>The packages that were changed: transaction, action, name, epoch, version, release, machine.</summary>
    public const string PackagesQuery =
        "SELECT i.trans_id, i.action, r.name, r.epoch, r.version, r.release, r.arch FROM trans_item i JOIN rpm r ON r.item_id = i.item_id WHERE i.state = 1 ORDER BY i.id";

    const int Done = 1;
    const int Failed = 2;
    const int Remove = 8;

    readonly Dictionary<long, Transaction> _transactions = [];

    /// <summary>Takes a row of <see cref="TransactionsQuery"/>.</summary>
    public void AddTransaction(long id, long beginUnixSeconds, long state, string words) => _transactions[id] = new Transaction(beginUnixSeconds, state, words, []);

    /// <summary>Takes a row of <see cref="PackagesQuery"/>.</summary>
    public void AddPackage(long transaction, long action, string name, long epoch, string version, string release, string machine)
    {
        if (action is not (1 or 2 or 6 or Remove or 9) || !_transactions.TryGetValue(transaction, out Transaction? known))
            return;
        string before = epoch == 0 ? "" : $"{epoch}:";
        known.Items.Add((action == Remove, new PackageName(name, $"{before}{version}-{release}.{machine}")));
    }

    /// <inheritdoc/>
    public SoftwareOutcome? Find(SoftwareRun run, RunPeriod period)
    {
        if (run.Family != "rpm" || Match(run, period) is not { } transaction)
            return null;
        run.AddChanged(transaction.Items.Where(item => item.IsRemoval == (run.Action == SoftwareAction.Remove)).Select(item => item.Package));
        return transaction.State switch
        {
            Done => SoftwareOutcome.Ok(path),
            Failed => SoftwareOutcome.Failed(path),
            _ => null,
        };
    }

    // By its words; a wrapper may write others down, and then it is the only one there that changed what was asked for.
    Transaction? Match(SoftwareRun run, RunPeriod period)
    {
        Transaction[] begun = [.. _transactions.Values.Where(transaction => period.Has(transaction.BeginUnixSeconds))];
        string words = run.CommandLine[(run.CommandLine.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        Transaction? same = begun.FirstOrDefault(transaction => transaction.Words == words);
        if (same is not null || begun.Length != 1)
            return same;
        return run.Named.Count > 0 && run.Named.All(named => begun[0].Items.Any(item => item.Package.Name == named.Name)) ? begun[0] : null;
    }

    sealed record Transaction(long BeginUnixSeconds, long State, string Words, List<(bool IsRemoval, PackageName Package)> Items);
}
