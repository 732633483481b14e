using Akashi.Audit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Akashi.Logging;

/// <summary>Adds the audit to a program's logging.</summary>
public static class AuditLoggerExtensions
{
    /// <summary>Log entries of Warning and above, and those of listed categories and events, become records of Linux's audit. A second call changes nothing.</summary>
    /// <param name="builder">The logging of a host, or of LoggerFactory.Create.</param>
    /// <param name="configure">Sets the options; null for the defaults.</param>
    /// <returns>The builder.</returns>
    /// <remarks>
    /// The process needs CAP_AUDIT_WRITE; without it one line says so (<see cref="AuditLoggerOptions.FaultReport"/>) and the program goes on. Logging never
    /// waits for the kernel: a thread sends what is queued. Dispose the host or the factory, or the last entries are lost.
    /// </remarks>
    public static ILoggingBuilder AddAkashiAudit(this ILoggingBuilder builder, Action<AuditLoggerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new AuditLoggerOptions();
        configure?.Invoke(options);
        builder.Services.TryAddEnumerable(
            ServiceDescriptor.Singleton<ILoggerProvider, AuditLoggerProvider>(_ => new AuditLoggerProvider(options, UserRecordSender.Open)));
        return builder;
    }
}
