using System.Globalization;
using Akashi.Testing;

namespace Akashi.Audit.Tests.CLibrary.Auparse;

/// <summary>What parsers may not do to the process that they are in.</summary>
public sealed class ParserHostTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Nonsense_crashes_nothing() => Assert.Equal("whole\n", OwnLibrary.Run(OwnLibrary.Compile("auparse-nonsense")));

    [Fact]
    public void Parsers_in_several_threads_see_the_same() => Assert.Contains(" KB\n", Many(40));

    // 6,000 parsers, and some millions of calls: a byte lost in each call would be megabytes, in every run. In some runs the collector takes one more
    // of its regions, 4 MB, however long they are.
    [Fact]
    [Trait("Category", "Long")]
    public void Many_parsers_leak_nothing()
    {
        const int Runs = 6, KilobytesMax = 2000;
        List<int> grown = [];
        do
            grown.Add(int.Parse(Many(2000).Split(' ')[0], CultureInfo.InvariantCulture));
        while (grown[^1] > KilobytesMax && grown.Count < Runs);

        Assert.True(grown[^1] <= KilobytesMax, string.Join(' ', grown));
    }

    [Fact]
    public void Functions_that_are_newer_than_the_original_here_answer()
    {
        Assert.Equal(
            """
            nothing is looked for: -1
            1: 1
            2: 0
            3: 1
            no event: -1
            open events: 1

            """,
            OwnLibrary.Run(OwnLibrary.Compile("auparse-newer")));
    }

    [Fact]
    public void Ports_and_addresses_are_told()
    {
        string log = _folder["audit.log"];
        File.WriteAllText(log, """
            type=SOCKADDR msg=audit(1.001:1): saddr=02000016C0A80001
            type=SOCKADDR msg=audit(1.001:2): saddr=0200001601020304000000000000000000
            type=SOCKADDR msg=audit(9.001:3): saddr=0200001601020304000000000000000
            type=SOCKADDR msg=audit(19.001:4): saddr=020000160102030400000000000000
            type=SOCKADDR msg=audit(29.001:5): saddr=02000016010203040000000000000000
            type=SOCKADDR msg=audit(39.001:6): saddr=0A0000500000000020010DB8000000000000000000000001000000000000000000000000
            type=SOCKADDR msg=audit(49.001:7): saddr=01002F746D702F78

            """);

        string[] events = WalkedLog.Run(OwnLibrary.Place, "file", WalkedLog.Words + 128, log);

        string[] addresses = [.. events.SelectMany(text => text.Split('\n')).Where(line => line.StartsWith("   1 saddr", StringComparison.Ordinal)).Select(line => line[line.IndexOf(" family", StringComparison.Ordinal)..])];
        Assert.Contains(" family inet port 22 address 1.2.3.4", addresses);
        Assert.Contains(" family inet6 port 80 address 2001:db8::1", addresses);
        Assert.Contains(" family local port (NULL) address (NULL)", addresses);
        Assert.Equal(7, addresses.Length);
    }

    string Many(int rounds)
    {
        string log = _folder["mixed.log"];
        WalkedLog.WriteLog("mixed.log", log);
        return OwnLibrary.Run(OwnLibrary.Compile("auparse-many"), rounds.ToString(CultureInfo.InvariantCulture), log);
    }
}
