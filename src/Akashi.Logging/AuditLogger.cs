using Microsoft.Extensions.Logging;

namespace Akashi.Logging;

/// <summary>The entries of one category.</summary>
/// <param name="provider">Whose it is.</param>
/// <param name="category">Its name.</param>
/// <param name="levelMin">Entries of this level and above are recorded.</param>
/// <param name="eventIds">Events that are recorded at every level.</param>
sealed class AuditLogger(AuditLoggerProvider provider, string category, LogLevel levelMin, HashSet<int> eventIds) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => provider.Scopes?.Push(state);

    // Which event it will be isn't known here.
    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None && (logLevel >= levelMin || eventIds.Count > 0);

    // What the formatter or a value's ToString throws reaches the caller, as with every provider: it's a fault of the program's.
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        if (!IsEnabled(logLevel) || (logLevel < levelMin && !eventIds.Contains(eventId.Id)))
            return;
        if (provider.Queue.IsClosed)
        {
            provider.Queue.CountLost();
            return;
        }

        var text = new EntryText(provider.Queue.TextBytesMax);
        text.AddHead(logLevel, category, eventId);
        text.AddMessage(formatter(state, exception), exception);
        text.AddValues(state);
        provider.Scopes?.ForEachScope(static (scope, text) => text.AddScope(scope), text);
        provider.Queue.Add(new AuditEntry(text.Finish(), IsSuccess: exception is null && logLevel < LogLevel.Error));
    }
}
