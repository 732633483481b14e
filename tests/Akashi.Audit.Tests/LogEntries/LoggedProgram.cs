using Akashi.Logging;
using Microsoft.Extensions.Logging;

namespace Akashi.Audit.Tests.LogEntries;

/// <summary>A program that logs to the audit, over a wire of the tests'.</summary>
sealed class LoggedProgram : IDisposable
{
    readonly AuditLoggerProvider _provider;
    readonly LoggerFactory _factory;

    internal LoggedProgram(IUserRecordWire wire, Action<AuditLoggerOptions>? configure = null)
    {
        var options = new AuditLoggerOptions { FaultReport = Faults.Add };
        configure?.Invoke(options);
        _provider = new AuditLoggerProvider(options, () => new UserRecordSender(wire));
        _factory = new LoggerFactory([_provider], new LoggerFilterOptions { MinLevel = LogLevel.Trace });
    }

    /// <summary>What the administrator is told. Read it when this is disposed of.</summary>
    public List<string> Faults { get; } = [];

    internal AuditQueue Queue => _provider.Queue;

    internal ILogger Logger(string category = "App") => _factory.CreateLogger(category);

    // The factory doesn't dispose of providers that it was given.
    public void Dispose()
    {
        _factory.Dispose();
        _provider.Dispose();
    }
}
