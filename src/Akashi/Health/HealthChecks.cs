namespace Akashi.Health;

/// <summary>Everything that the doctor looks at, in the order in which it's told.</summary>
public static class HealthChecks
{
    /// <summary>The checks: facts in, findings out.</summary>
    public static IReadOnlyList<Func<HealthFacts, Finding?>> All { get; } =
    [
        // Whether there is anything to record with: where not, the rest says little.
        KernelFinding.Of,
        ContainerFinding.Of,
        EnabledFinding.Of,
        JournalSwitchFinding.Of,
        DaemonFinding.Of,
        TwoDaemonsFinding.Of,
        ServiceFinding.Of,
        ProgramFinding.Of,

        // What is recorded.
        RulesFinding.Of,
        RuleFilesFinding.Of,
        BootRulesFinding.Of,
        ImmutableFinding.Of,

        // What gets lost.
        LostFinding.Of,
        LedgerFinding.Of,
        BacklogFinding.Of,
        FailureModeFinding.Of,
        BootLineFinding.Of,

        // Where it's kept.
        ConfigurationFinding.Of,
        PermissionsFinding.Of,
        SpaceFinding.Of,
        PartitionFinding.Of,
        RemoteFinding.Of,
        SenderFinding.Of,
        RefusedClientsFinding.Of,
        SilentHostsFinding.Of,
        CertificateFinding.Of,
        JournalFinding.Of,

        // Whom and when it names.
        LoginUserFinding.Of,
        UnattributedFinding.Of,
        PasswordsFinding.Of,
        ScriptFinding.Of,
        ClockFinding.Of,
        RecorderFinding.Of,
        RecorderFinding.OfEnvironment,
        InterruptedSetupFinding.Of,
    ];

    /// <summary>What they find.</summary>
    public static IReadOnlyList<Finding> Examine(HealthFacts facts) => [.. All.Select(check => check(facts)).OfType<Finding>()];
}
