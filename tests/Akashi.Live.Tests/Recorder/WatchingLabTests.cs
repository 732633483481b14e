namespace Akashi.Live.Tests.Recorder;

/// <summary>Sessions listed, replayed and watched with a real recorder and a real auditd: tests/lab/watching.py, which says what each case is.</summary>
public sealed class WatchingLabTests(KernelAudit audit)
{
    [Fact]
    [Trait("Category", "Long")]
    public async Task Looks_at_sessions_are_recorded_before_anything_is_seen()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        await new PythonLab("watching.py").RunAsync([PythonLab.RequireProgram()], ["case_"], casesMin: 10, TimeSpan.FromMinutes(5));
    }
}
