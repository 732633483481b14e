using System.Text;
using Akashi.Events;
using Akashi.Testing;
using Record = Akashi.Records.Record;

namespace Akashi.Tests.Events;

/// <summary>Stamps that someone chose so that all events fall into one chain of a hash table without a secret.</summary>
public class HostileStampsTests
{
    // With one chain this is 20,000,000,000 steps; the run's own limit is what fails it.
    [Theory]
    [InlineData(32)]
    [InlineData(20)]
    [InlineData(44)]
    public void Serials_that_differ_in_their_high_bits_alone_cost_no_more_than_others(int shift)
    {
        int events = Seeded.Times(200_000);
        var assembler = new EventAssembler(pendingBytesMax: int.MaxValue);
        for (ulong serial = 1; serial <= (ulong)events; serial++)
        {
            byte[] line = Encoding.ASCII.GetBytes($"type=PATH msg=audit(1.000:{serial << shift & 0x7FFF_FFFF_FFFF_FFFF}): a=1");
            Assert.True(Record.TryParse(line, out Record record, out _));
            assembler.Add(record, default);
        }

        assembler.Flush();
        int left = 0;
        while (assembler.TryTake(out _))
            left++;
        Assert.InRange(left, 1, events);
    }
}
