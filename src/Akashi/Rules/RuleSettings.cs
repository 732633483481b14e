using System.Globalization;
using Akashi.Diagnostics;
using Akashi.Host;

namespace Akashi.Rules;

/// <summary>What a set of rule files asks of the kernel besides rules; of several lines the last counts.</summary>
public sealed record RuleSettings
{
    /// <summary><c>-b</c>; null where no file says.</summary>
    public uint? BacklogLimit { get; private init; }

    /// <summary><c>-f</c>.</summary>
    public uint? Failure { get; private init; }

    /// <summary><c>-r</c>.</summary>
    public uint? RateLimit { get; private init; }

    /// <summary><c>--backlog_wait_time</c>.</summary>
    public uint? BacklogWaitTime { get; private init; }

    /// <summary><c>-e</c>; 2 locks everything until the next boot.</summary>
    public uint? Enabled { get; private init; }

    /// <summary><c>--loginuid-immutable</c>.</summary>
    public bool LocksLoginUsers { get; private init; }

    /// <summary>Collects them.</summary>
    /// <param name="set">The files.</param>
    /// <param name="diagnostics">Receives values that can't be, and warnings of options that a declared set of rules has no use for.</param>
    public static RuleSettings Of(RuleSet set, DiagnosticBag diagnostics)
    {
        var settings = new RuleSettings();
        foreach (RuleSetLine line in set.Lines)
        {
            foreach (RuleOption option in line.Options.Where(option => !option.IsOfRule && option.Name != "-D"))
                settings = settings.With(option, line, diagnostics);
        }
        return settings;
    }

    /// <summary>The members of a status that differ from what is asked, but for -e.</summary>
    public AuditStatusMask DifferenceFrom(in AuditStatus status) =>
        Differs(BacklogLimit, status.BacklogLimit, AuditStatusMask.BacklogLimit)
        | Differs(Failure, status.Failure, AuditStatusMask.Failure)
        | Differs(RateLimit, status.RateLimit, AuditStatusMask.RateLimit)
        | Differs(BacklogWaitTime, status.BacklogWaitTime, AuditStatusMask.BacklogWaitTime);

    /// <summary>A status with what is asked, but for -e.</summary>
    public AuditStatus ApplyTo(in AuditStatus status) => status with
    {
        BacklogLimit = BacklogLimit ?? status.BacklogLimit,
        Failure = Failure ?? status.Failure,
        RateLimit = RateLimit ?? status.RateLimit,
        BacklogWaitTime = BacklogWaitTime ?? status.BacklogWaitTime,
    };

    static AuditStatusMask Differs(uint? wanted, uint present, AuditStatusMask mask) =>
        wanted is { } number && number != present ? mask : AuditStatusMask.None;

    RuleSettings With(RuleOption option, RuleSetLine line, DiagnosticBag diagnostics)
    {
        string value = option.Value ?? "";
        bool isNumber = uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out uint number);
        bool isLevel = isNumber && number <= 2;
        switch (option.Name)
        {
            case "-b" when isNumber:
                return this with { BacklogLimit = number };
            case "-r" when isNumber:
                return this with { RateLimit = number };
            case "--backlog_wait_time" when isNumber:
                return this with { BacklogWaitTime = number };
            case "-f" when isLevel:
                return this with { Failure = number };
            case "-e" when isLevel:
                return this with { Enabled = number };
            case "--loginuid-immutable":
                return this with { LocksLoginUsers = true };
            case "-i" or "-c":
                return this;
            case "-b" or "-r" or "--backlog_wait_time":
                Report(Severity.Error, RuleMessage.SettingNotNumber, $"{option.Name} takes a number, not '{value}'");
                return this;
            case "-f" or "-e":
                Report(Severity.Error, RuleMessage.SettingNotLevel, $"{option.Name} takes 0, 1 or 2, not '{value}'");
                return this;
            default:
                Report(Severity.Warning, RuleMessage.OptionNotDeclared, $"{option.Name} is left out: it asks for an act, not for a state");
                return this;
        }

        void Report(Severity severity, RuleMessage message, string text) => diagnostics.Add(new Diagnostic((int)message, severity, text)
        {
            File = line.File,
            Line = line.Line,
            Column = option.Column,
            Hint = severity == Severity.Warning ? $"auditctl {option.Name} does it once" : null,
        });
    }
}
