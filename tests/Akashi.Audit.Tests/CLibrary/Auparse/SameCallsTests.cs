using Akashi.Testing;

namespace Akashi.Audit.Tests.CLibrary.Auparse;

/// <summary>Searches, and calls in and out of order: Debian's library (3.0.9) and ours answer the same.</summary>
public sealed class SameCallsTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Trait("Category", "Long")]
    [Theory]
    [InlineData("server.log", 14000)]
    [InlineData("kernel.log", 9000)]
    public void Searches_find_the_same_and_stop_at_the_same_place(string name, int linesMin)
    {
        string log = _folder[name];
        WalkedLog.WriteLog(name, log);
        string program = Yardstick.Compile("auparse-search");

        string[] expected = Yardstick.Run(program, new() { ["LD_LIBRARY_PATH"] = Yardstick.Libraries }, log).Split('\n');
        string[] actual = Yardstick.Run(program, new() { ["LD_LIBRARY_PATH"] = OwnLibrary.Place }, log).Split('\n');

        Assert.Equal(expected.Order(), actual.Order());
        Assert.True(expected.Length > linesMin, $"{expected.Length} lines");
    }

    [Fact]
    public void Calls_answer_the_same()
    {
        string log = _folder["server.log"];
        WalkedLog.WriteLog("server.log", log);
        string program = Yardstick.Compile("auparse-calls");

        string[] expected = Yardstick.Run(program, new() { ["LD_LIBRARY_PATH"] = Yardstick.Libraries }, log).Split('\n');
        string[] actual = Yardstick.Run(program, new() { ["LD_LIBRARY_PATH"] = OwnLibrary.Place }, log).Split('\n');

        Assert.Equal(expected, actual);
        Assert.True(expected.Length > 150);
    }
}
