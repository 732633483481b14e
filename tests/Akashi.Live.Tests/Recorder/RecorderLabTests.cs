namespace Akashi.Live.Tests.Recorder;

/// <summary>The recorder with real logins of a test user and that user's attacks: tests/lab/recorder.py, which says what each case is.</summary>
public sealed class RecorderLabTests
{
    [Fact]
    public Task Logins_are_recorded_and_their_users_reach_nothing() =>
        new PythonLab("recorder.py").RunAsync([PythonLab.RequireProgram()], ["case_", "attack_"], casesMin: 30, TimeSpan.FromMinutes(5));
}
