using Akashi.Linux.Databases;
using Akashi.Reports.Software;

namespace Akashi.Cli.Reporting;

/// <summary>Reads dnf's own history, a SQLite database.</summary>
static class DnfDatabase
{
    /// <summary>Where dnf 4 keeps it, below the root.</summary>
    public const string Place = "var/lib/dnf/history.sqlite";

    /// <summary>Reads it; empty where there is none.</summary>
    /// <param name="path">The database.</param>
    /// <param name="say">Takes why it can't be read where it's there.</param>
    public static DnfHistory Read(string path, Action<string> say)
    {
        var history = new DnfHistory(path);
        if (!File.Exists(path))
            return history;
        using SqliteFile? file = SqliteFile.TryOpen(path, out string? reason);
        reason ??= file!.Read(
            DnfHistory.TransactionsQuery, row => history.AddTransaction(row.Number(0), row.Number(1), row.Number(2), row.Text(3)));
        reason ??= file!.Read(
            DnfHistory.PackagesQuery,
            row => history.AddPackage(row.Number(0), row.Number(1), row.Text(2), row.Number(3), row.Text(4), row.Text(5), row.Text(6)));
        if (reason is not null)
            say($"{path} is left out: {reason}");
        return history;
    }
}
