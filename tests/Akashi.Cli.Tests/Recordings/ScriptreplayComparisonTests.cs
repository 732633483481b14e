namespace Akashi.Cli.Tests.Recordings;

/// <summary>scriptreplay beside util-linux's, over recordings of both.</summary>
[Trait("Category", "Long")]
public sealed class ScriptreplayComparisonTests
{
    const string Record = "printf 'one\\ntwo\\n' | script -q -E always -c 'cat; printf \"\\\\377\\\\r\\\\n\"' -T t -I i -O o >/dev/null; ";
    const string RecordClassic = "script -f -q -c 'echo hi; echo there' -t 2>FILE.time FILE.log >/dev/null; ";
    const string Damage = "printf 'Script started\\nabcdefghij\\n' >o; ";

    [Theory]
    [InlineData(RecordClassic, "scriptreplay FILE.time FILE.log 1000000")]
    [InlineData(RecordClassic, "scriptreplay FILE.time FILE.log")]
    [InlineData(RecordClassic, "scriptreplay -d 1000000 -t FILE.time -s FILE.log")]
    [InlineData(RecordClassic, "scriptreplay -m 0.001 -T FILE.time -O FILE.log")]
    [InlineData(RecordClassic, "scriptreplay --summary -T FILE.time")]
    [InlineData(RecordClassic, "scriptreplay -d 1000000 -c always -T FILE.time -O FILE.log")]
    [InlineData(RecordClassic, "cp FILE.log typescript; scriptreplay -d 1000000 -T FILE.time")]
    [InlineData(Record, "scriptreplay -d 1000000 -T t -O o")]
    [InlineData(Record, "scriptreplay -d 1000000 -T t -I i")]
    [InlineData(Record, "scriptreplay -d 1000000 -T t -I i -c never")]
    [InlineData(Record, "scriptreplay -d 1000000 -T t -I i -O o -x in")]
    [InlineData(Record, "scriptreplay -d 1000000 -T t -I i -O o -x out -c always")]
    [InlineData(Record, "scriptreplay -d 1000000 -T t -O o -x info")]
    [InlineData(Record, "scriptreplay -d 1000000 -T t -O o -x signal")]
    [InlineData(Record, "scriptreplay --summary -T t")]
    [InlineData("", "scriptreplay")]
    [InlineData("", "scriptreplay missing")]
    [InlineData("", "scriptreplay --nonsense")]
    [InlineData("", "scriptreplay -t")]
    [InlineData("", "scriptreplay -d fast t o")]
    [InlineData("", "scriptreplay -m long t o")]
    [InlineData("", "scriptreplay -x some t o")]
    [InlineData("", "scriptreplay -c some t o")]
    [InlineData(Damage, ": >t; scriptreplay t o")]
    [InlineData(Damage, "printf '0.1 3' >t; scriptreplay t o")]
    [InlineData(Damage, "printf '0.1 3\\n0.1' >t; scriptreplay t o")]
    [InlineData(Damage, "printf '0.1 3\\nnonsense\\n0.1 2\\n' >t; scriptreplay t o")]
    [InlineData(Damage, "printf '0.1 300\\n' >t; scriptreplay t o")]
    [InlineData(Damage, "printf '0.1 -3\\n' >t; scriptreplay t o")]
    [InlineData(Damage, "printf 'X 0.1 3\\n' >t; scriptreplay t o")]
    [InlineData(Damage, "printf 'O 0.1 3\\nS 0.1\\nO 0.1 3\\n' >t; scriptreplay t o")]
    [InlineData(Damage, "printf 'O 0.1 3\\nH 0.1 NAME value\\nO 0.1 x\\n' >t; scriptreplay t o")]
    [InlineData(Damage, "printf '0.1 3\\n' >t; scriptreplay t missing")]
    public void Both_tools_show_recordings_of_both_alike(string record, string replay)
    {
        using var bench = new RecordingBench();

        string theirs = bench.Run(record + replay, isOurs: false);
        string ours = bench.Run(record + replay, isOurs: true);
        string mixed = bench.Run(record + replay.Replace("scriptreplay", "PATH=/usr/bin:/bin scriptreplay"), isOurs: true);
        string mixedBack = bench.Run(record + replay.Replace("scriptreplay", "PATH=$OURS:$PATH scriptreplay"), isOurs: false);

        Assert.Equal(theirs, ours);
        Assert.Equal(theirs, mixed);
        Assert.Equal(theirs, mixedBack);
    }
}
