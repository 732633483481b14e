using Akashi.Audit;
using Microsoft.Extensions.Logging;

namespace Akashi.Logging;

/// <summary>Makes the loggers, which share one queue to the kernel.</summary>
[ProviderAlias("Audit")]
sealed class AuditLoggerProvider : ILoggerProvider, ISupportExternalScope
{
    readonly AuditLoggerOptions _options;
    readonly HashSet<int> _eventIds;
    readonly string[] _categories;

    /// <param name="options">Not to be changed any more.</param>
    /// <param name="open">Opens the way to the kernel; called once, by the queue's thread.</param>
    internal AuditLoggerProvider(AuditLoggerOptions options, Func<UserRecordSender> open)
    {
        _options = options;
        _eventIds = [.. options.EventIds];
        _categories = [.. options.Categories];
        Queue = new AuditQueue(options, open);
    }

    internal AuditQueue Queue { get; }

    /// <summary>The scopes of the caller; null where they aren't to be recorded.</summary>
    internal IExternalScopeProvider? Scopes { get; private set; }

    public ILogger CreateLogger(string categoryName) =>
        new AuditLogger(this, categoryName, IsListed(categoryName) ? LogLevel.Trace : _options.MinimumLevel, _eventIds);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => Scopes = _options.IncludesScopes ? scopeProvider : null;

    public void Dispose() => Queue.Dispose();

    bool IsListed(string category)
    {
        foreach (string listed in _categories)
        {
            if (category.StartsWith(listed, StringComparison.Ordinal) && (category.Length == listed.Length || category[listed.Length] == '.'))
                return true;
        }

        return false;
    }
}
