using Akashi.Cli.Doctor;
using Akashi.Control;
using Akashi.Health;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Doctor;

/// <summary>What a recorder left of itself, and whether that means that one should run.</summary>
public sealed class RecorderFactsTests : IDisposable
{
    static readonly HealthFacts s_none = new() { Status = null, Owner = null };

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true, false, false, false)]
    [InlineData(true, true, false, true)]
    [InlineData(true, false, true, true)]
    [InlineData(false, false, false, true)]
    public void What_ended_in_order_is_missed_only_where_it_is_set_up(bool isEnded, bool hasUnit, bool hasConfiguration, bool isUsed)
    {
        Leave(isEnded, int.MaxValue);
        if (hasUnit)
            File.WriteAllText(_folder["unit"], "");
        if (hasConfiguration)
            File.WriteAllText(_folder["conf"], "");

        HealthFacts facts = Facts().Add(s_none);

        Assert.Equal((isUsed, isUsed, false), (facts.IsRecorderUsed, facts.Recorder is not null, facts.IsRecorderAlive));
    }

    [Fact]
    public void An_undo_leaves_no_status_of_a_recorder_that_does_not_run()
    {
        Leave(isEnded: false, int.MaxValue);

        Facts().Forget();
        Facts().Forget();

        Assert.False(File.Exists(_folder["status"]));
        Assert.False(Facts().Add(s_none).IsRecorderUsed);
    }

    void Leave(bool isEnded, int pid) => File.WriteAllBytes(
        _folder["status"], new RecorderStatus { Pid = pid, Since = DateTimeOffset.UnixEpoch, Seen = DateTimeOffset.UnixEpoch, IsEnded = isEnded, Live = 1 }.ToBytes());

    RecorderFacts Facts() => new(_folder["status"], _folder["conf"], _folder["unit"]);
}
