using Akashi.Events;
using Akashi.Reports.Counting;
using Akashi.Reports.Facts;

namespace Akashi.Reports;

/// <summary>The summary of everything: how many events of each kind, how many distinct users, files, keys …</summary>
public sealed class MainSummary
{
    /// <summary>The facts that it is made of.</summary>
    public const FactKinds Needs = FactKinds.LoginUser | FactKinds.Process | FactKinds.Terminal | FactKinds.HostName | FactKinds.Executable
        | FactKinds.Command | FactKinds.Files | FactKinds.Keys;

    readonly TextCounter _terminals = new();
    readonly TextCounter _hostNames = new();
    readonly TextCounter _executables = new();
    readonly TextCounter _commands = new();
    readonly TextCounter _files = new();
    readonly TextCounter _keys = new();
    readonly NumberCounter _users = new();
    readonly NumberCounter _processes = new();
    long _configurationChanges;
    long _accountChanges;
    long _logins;
    long _failedLogins;
    long _authentications;
    long _failedAuthentications;
    long _accesses;
    long _accessControl;
    long _failedSyscalls;
    long _anomalies;
    long _responses;
    long _crypto;
    long _integrity;
    long _virtualization;
    long _events;

    /// <summary>Counts an event.</summary>
    public void Add(AuditEvent auditEvent, EventFacts facts)
    {
        _events++;
        CountKinds(auditEvent, facts);
        if (facts.LoginUser != EventFacts.NoUser)
            _users.Add(facts.LoginUser);
        if (facts.Process is { } process)
            _processes.Add(process);
        SummaryTexts.Terminals(facts, _terminals);
        SummaryTexts.HostNames(facts, _hostNames);
        SummaryTexts.Executables(facts, _executables);
        SummaryTexts.Commands(facts, _commands);
        SummaryTexts.Files(facts, _files);
        SummaryTexts.Keys(facts, _keys);
    }

    /// <summary>Writes a line for each count, and an empty one.</summary>
    public void Write(ReportText text)
    {
        Line(text, "changes in configuration"u8, _configurationChanges);
        Line(text, "changes to accounts, groups, or roles"u8, _accountChanges);
        Line(text, "logins"u8, _logins);
        Line(text, "failed logins"u8, _failedLogins);
        Line(text, "authentications"u8, _authentications);
        Line(text, "failed authentications"u8, _failedAuthentications);
        Line(text, "users"u8, _users.Count);
        Line(text, "terminals"u8, _terminals.Count);
        Line(text, "host names"u8, _hostNames.Count);
        Line(text, "executables"u8, _executables.Count);
        Line(text, "commands"u8, _commands.Count);
        Line(text, "files"u8, _files.Count);
        Line(text, "AVC's"u8, _accesses);
        Line(text, "MAC events"u8, _accessControl);
        Line(text, "failed syscalls"u8, _failedSyscalls);
        Line(text, "anomaly events"u8, _anomalies);
        Line(text, "responses to anomaly events"u8, _responses);
        Line(text, "crypto events"u8, _crypto);
        Line(text, "integrity events"u8, _integrity);
        Line(text, "virt events"u8, _virtualization);
        Line(text, "keys"u8, _keys.Count);
        Line(text, "process IDs"u8, _processes.Count);
        Line(text, "events"u8, _events);
        text.Output.EndLine();
    }

    static void Line(ReportText text, ReadOnlySpan<byte> what, long count)
    {
        text.Output.Write("Number of "u8);
        text.Output.Write(what);
        text.Output.Write(": "u8);
        text.Output.Write(count);
        text.Output.EndLine();
    }

    void CountKinds(AuditEvent auditEvent, EventFacts facts)
    {
        _configurationChanges += RecordFamilies.IsConfiguration(auditEvent) ? 1 : 0;
        _accountChanges += RecordFamilies.IsAccountChange(auditEvent) ? 1 : 0;
        if (RecordFamilies.IsLogin(auditEvent))
            CountOutcome(facts, ref _logins, ref _failedLogins);
        if (RecordFamilies.IsAuthenticationOfAny(auditEvent))
            CountOutcome(facts, ref _authentications, ref _failedAuthentications);
        _accesses += RecordFamilies.IsAccess(auditEvent) ? 1 : 0;
        _accessControl += RecordFamilies.IsAccessControl(auditEvent) ? 1 : 0;
        if (facts.Outcome == Outcome.Failed && facts.Syscall > 0)
            _failedSyscalls++;
        _anomalies += RecordFamilies.IsAnomaly(auditEvent) ? 1 : 0;
        _responses += RecordFamilies.IsResponse(auditEvent) ? 1 : 0;
        _crypto += RecordFamilies.IsCrypto(auditEvent) ? 1 : 0;
        _integrity += RecordFamilies.IsIntegrity(auditEvent) ? 1 : 0;
        _virtualization += RecordFamilies.IsVirtualization(auditEvent) ? 1 : 0;
    }

    static void CountOutcome(EventFacts facts, ref long done, ref long failed)
    {
        if (facts.Outcome == Outcome.Success)
            done++;
        else if (facts.Outcome == Outcome.Failed)
            failed++;
    }
}
