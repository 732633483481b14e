using Akashi.Host;

namespace Akashi.Reports.Software;

/// <summary>apt's history, <c>/var/log/apt/history.log</c>: paragraphs between empty lines.</summary>
/// <remarks>
/// <code>
/// Start-Date: 2026-11-21  07:18:00
/// Commandline: apt-get install -y nginx
/// Requested-By: bob (1000)
/// Install: nginx:amd64 (1.22.1-9), nginx-common:amd64 (1.22.1-9, automatic)
/// Upgrade: libc6:amd64 (2.36-9, 2.36-9+deb12u1)
/// Error: Sub-process /usr/bin/dpkg returned an error code (1)
/// End-Date: 2026-11-21  07:18:05
/// </code>
/// A paragraph without End-Date is of a run that goes on, or was killed: it says nothing. Source: apt.conf(5), Dir::Log.
/// </remarks>
/// <param name="path">What the report names as the source.</param>
/// <param name="localTime">The machine's time zone.</param>
public sealed class AptHistory(string path, ILocalTime localTime) : IPackageHistory
{
    readonly List<Transaction> _transactions = [];
    Transaction _current = new();

    /// <summary>Reads one line, and an empty one after the last.</summary>
    public void Add(string line)
    {
        int colon = line.IndexOf(": ", StringComparison.Ordinal);
        if (line.Length == 0)
        {
            if (_current.UnixSeconds > 0)
                _transactions.Add(_current);
            _current = new Transaction();
            return;
        }

        if (colon < 0)
            return;
        string value = line[(colon + 2)..].Trim();
        switch (line[..colon])
        {
            case "Start-Date" when HistoryDate.TryParseLocal(value, localTime, out long time):
                _current.UnixSeconds = time;
                break;
            case "Commandline":
                _current.Words = WithoutDirectory(value);
                break;
            case "Install" or "Reinstall" or "Upgrade" or "Downgrade" or "Remove" or "Purge":
                _current.Packages.AddRange(ReadPackages(value));
                break;
            case "Error":
                _current.HasError = true;
                break;
            case "End-Date":
                _current.HasEnded = true;
                break;
        }
    }

    /// <inheritdoc/>
    public SoftwareOutcome? Find(SoftwareRun run, RunPeriod period)
    {
        if (run.Manager != "apt")
            return null;
        string words = WithoutDirectory(run.CommandLine);
        Transaction? found = _transactions.Find(transaction => !transaction.IsTaken && period.Has(transaction.UnixSeconds) && transaction.Words == words);
        if (found is null || !found.HasEnded)
            return null;
        found.IsTaken = true;
        run.AddChanged(found.Packages);
        return found.HasError ? SoftwareOutcome.Failed(path) : SoftwareOutcome.Ok(path);
    }

    static string WithoutDirectory(string commandLine)
    {
        int blank = commandLine.IndexOf(' ', StringComparison.Ordinal);
        string program = blank < 0 ? commandLine : commandLine[..blank];
        return commandLine[(program.LastIndexOf('/') + 1)..];
    }

    // name:arch (version[, new version][, automatic]), …
    static IEnumerable<PackageName> ReadPackages(string value)
    {
        foreach (string entry in value.Split("), ", StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = entry.TrimEnd(')').Split(" (", 2);
            string[] versions = parts.Length > 1 ? parts[1].Split(", ") : [""];
            string version = versions.LastOrDefault(version => version is not "automatic") ?? "";
            yield return new PackageName(parts[0].Split(':')[0], version);
        }
    }

    sealed class Transaction
    {
        public long UnixSeconds { get; set; }

        public string Words { get; set; } = "";

        public List<PackageName> Packages { get; } = [];

        public bool HasError { get; set; }

        public bool HasEnded { get; set; }

        // By a run that was asked for before.
        public bool IsTaken { get; set; }
    }
}
