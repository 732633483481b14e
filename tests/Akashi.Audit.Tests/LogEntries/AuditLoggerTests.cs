using Akashi.Logging;
using Akashi.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Akashi.Audit.Tests.LogEntries;

public class AuditLoggerTests
{
    [Fact]
    public void An_entry_is_a_record_with_its_values_scopes_and_exception()
    {
        string line = Record(program =>
        {
            ILogger logger = program.Logger("Shop.Accounts");
            using (logger.BeginScope("request {Path}", "/a b"))
            using (logger.BeginScope("plain"))
                logger.LogWarning(new EventId(7, "Denied"), new InvalidOperationException("no \"role\""), "{User} is {What} at {Count}", "bob", "it's", 1.5);
        });

        string data = Convert.ToHexString("bob is it's at 1.5"u8);
        Assert.StartsWith(
            $"1121 op=log level=warning category=\"Shop.Accounts\" event=7 event-name=\"Denied\" data={data} exception=\"System.InvalidOperationException\" "
            + "error=6E6F2022726F6C6522 app-User=\"bob\" app-What=69742773 app-Count=\"1.5\" app-Path=2F612062 scope=\"plain\" exe=", line);
        Assert.EndsWith(" res=failed", line);
    }

    [Theory]
    [InlineData(LogLevel.Warning, "success")]
    [InlineData(LogLevel.Error, "failed")]
    [InlineData(LogLevel.Critical, "failed")]
    public void Errors_are_failures(LogLevel level, string result)
    {
        string line = Record(program => program.Logger().Log(level, "x"));

        Assert.StartsWith($"1121 op=log level={level.ToString().ToLowerInvariant()} category=\"App\" event=0 data=\"x\" exe=", line);
        Assert.EndsWith($" res={result}", line);
    }

    [Fact]
    public void Below_warning_only_what_is_listed_is_recorded()
    {
        var wire = new RecordedWire();
        using (var program = new LoggedProgram(wire, options =>
        {
            options.Categories.Add("Shop.Accounts");
            options.EventIds.Add(9);
        }))
        {
            program.Logger("Shop").LogInformation("1");
            program.Logger("Shop.AccountsOld").LogInformation("2");
            program.Logger("Shop.Accounts").LogTrace("3");
            program.Logger("Shop.Accounts.Login").LogDebug("4");
            program.Logger("Shop").LogDebug(new EventId(9), "5");
            program.Logger("Shop").LogDebug(new EventId(8), "6");
            program.Logger("Shop").LogWarning("7");
            program.Logger("Shop.Accounts").Log(LogLevel.None, "8");
        }

        Assert.Equal(["3", "4", "5", "7"], wire.Lines.Select(line => line.Split(" data=\"")[1][..1]));
    }

    [Fact]
    public void Levels_that_are_never_recorded_are_not_enabled()
    {
        using var plain = new LoggedProgram(new RecordedWire());
        using var listing = new LoggedProgram(new RecordedWire(), options => options.EventIds.Add(9));

        Assert.False(plain.Logger().IsEnabled(LogLevel.Information));
        Assert.True(plain.Logger().IsEnabled(LogLevel.Warning));
        Assert.True(listing.Logger().IsEnabled(LogLevel.Trace));
        Assert.False(listing.Logger().IsEnabled(LogLevel.None));
    }

    [Fact]
    public void Scopes_and_the_type_are_as_the_options_say()
    {
        string line = Record(
            program =>
            {
                using (program.Logger().BeginScope("plain"))
                    program.Logger().LogWarning("x");
            },
            options =>
            {
                options.IncludesScopes = false;
                options.RecordType = UserRecordType.UserMgmt;
            });

        Assert.StartsWith("1102 op=log level=warning category=\"App\" event=0 data=\"x\" exe=", line);
        Assert.Throws<ArgumentOutOfRangeException>(() => new AuditLoggerOptions { RecordType = (UserRecordType)1300 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AuditLoggerOptions { QueueLengthMax = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AuditLoggerOptions { DrainTimeMax = TimeSpan.FromTicks(-1) });
    }

    [Fact]
    public void A_program_has_one_provider_however_often_it_is_added_and_filters_know_its_name()
    {
        var services = new ServiceCollection();

        services.AddLogging(builder => builder.AddAkashiAudit().AddAkashiAudit());

        Assert.Single(services, service => service.ServiceType == typeof(ILoggerProvider));
        var alias = (ProviderAliasAttribute)Assert.Single(typeof(AuditLoggerProvider).GetCustomAttributes(typeof(ProviderAliasAttribute), false));
        Assert.Equal("Audit", alias.Alias);
    }

    [Fact]
    public void The_documented_example_is_the_sample_that_is_built()
    {
        string sample = File.ReadAllText(RepositoryFiles.PathOf("samples", "Logging", "Program.cs"));

        Assert.Contains($"```csharp\n{sample}```\n", File.ReadAllText(RepositoryFiles.PathOf("docs", "programs.md")));
    }

    static string Record(Action<LoggedProgram> log, Action<AuditLoggerOptions>? configure = null)
    {
        var wire = new RecordedWire();
        using (var program = new LoggedProgram(wire, configure))
            log(program);
        return Assert.Single(wire.Lines);
    }
}
