using Akashi.Audit;
using Microsoft.Extensions.Logging;

namespace Akashi.Logging;

/// <summary>Which log entries become audit records, and how.</summary>
/// <remarks>
/// The audit is for what matters to security, and its readers drown in more: below <see cref="MinimumLevel"/> only what is listed is recorded. The
/// filters of Microsoft.Extensions.Logging come first (Information and above, if nothing else is configured); there the provider is called <c>Audit</c>.
/// </remarks>
public sealed class AuditLoggerOptions
{
    UserRecordType _recordType = UserRecordType.TrustedApp;
    int _queueLengthMax = 1000;
    TimeSpan _drainTimeMax = TimeSpan.FromSeconds(2);

    /// <summary>The type of the records; default <see cref="UserRecordType.TrustedApp"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It isn't one that programs may send: 1005, 1100 to 1199, 2100 to 2999.</exception>
    public UserRecordType RecordType
    {
        get => _recordType;
        set => _recordType = (int)value is 1005 or >= 1100 and <= 1199 or >= 2100 and <= 2999
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), (int)value, "expected 1005, 1100 to 1199 or 2100 to 2999");
    }

    /// <summary>Entries of this level and above are recorded, whatever their category; default Warning.</summary>
    public LogLevel MinimumLevel { get; set; } = LogLevel.Warning;

    /// <summary>Categories of which every level is recorded, with those below them: <c>Shop.Accounts</c> is <c>Shop.Accounts.Login</c> too. Default none.</summary>
    public ISet<string> Categories { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Numbers of events that are recorded at every level, in every category. Default none.</summary>
    public ISet<int> EventIds { get; } = new HashSet<int>();

    /// <summary>Whether the scopes around an entry stand in its record; default true.</summary>
    public bool IncludesScopes { get; set; } = true;

    /// <summary>How many entries wait for the kernel at most, each up to 17 KB of memory: default 1000. What comes when it's full is lost, counted, and the count recorded.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It's less than 1.</exception>
    public int QueueLengthMax
    {
        get => _queueLengthMax;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _queueLengthMax = value;
        }
    }

    /// <summary>How long disposing waits for the kernel to take what is queued; default 2 seconds, at most an hour.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It's negative, or more than an hour.</exception>
    public TimeSpan DrainTimeMax
    {
        get => _drainTimeMax;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromHours(1));
            _drainTimeMax = value;
        }
    }

    /// <summary>Gets a line for the administrator when records aren't taken: once for each cause, such as a missing CAP_AUDIT_WRITE, and at disposal how many
    /// entries aren't recorded without a record saying so. Called from a thread of the provider's. Default null: standard error.</summary>
    public Action<string>? FaultReport { get; set; }
}
