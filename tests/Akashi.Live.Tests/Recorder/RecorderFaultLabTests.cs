namespace Akashi.Live.Tests.Recorder;

/// <summary>The recorder where things fail, with real logins: tests/lab/recorder_faults.py, which says what each case is.</summary>
public sealed class RecorderFaultLabTests
{
    static readonly PythonLab s_lab = new("recorder_faults.py");

    [Fact]
    public Task Services_disks_settings_and_crowds_that_fail_cost_no_recording() =>
        s_lab.RunAsync([PythonLab.RequireProgram(), "short"], ["case_"], casesMin: 18, TimeSpan.FromMinutes(5));

    [Theory]
    [InlineData("long_service_killed_fifty_times_under_twenty_sessions")]
    [InlineData("long_ten_thousand_hand_made_claims")]
    [InlineData("long_a_thousand_sessions_leave_nothing")]
    [Trait("Category", "Long")]
    public Task Neither_do_many_of_them(string name) =>
        s_lab.RunAsync([PythonLab.RequireProgram(), name], [name], casesMin: 1, TimeSpan.FromMinutes(9));
}
