using Akashi.Logging;
using Microsoft.Extensions.Logging;

// In a host: builder.Logging.AddAkashiAudit(…). Disposing sends what is still queued.
using ILoggerFactory logging = LoggerFactory.Create(builder => builder.AddAkashiAudit(options =>
{
    options.Categories.Add("Shop.Accounts");
    options.EventIds.Add(4001);
}));

ILogger accounts = logging.CreateLogger("Shop.Accounts");
using (accounts.BeginScope("from {Address}", "192.0.2.7"))
    accounts.LogInformation("{User} was given the role {Role}", "alice", "admin");

// Warning and above are recorded whatever their category, this one is neither that nor listed.
ILogger orders = logging.CreateLogger("Shop.Orders");
orders.LogInformation("order {Number} is packed", 17);
orders.LogInformation(new EventId(4001, "Export"), "{User} exported {Count} orders", "alice", 5000);
