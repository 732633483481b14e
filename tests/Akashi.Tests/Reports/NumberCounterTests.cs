using Akashi.Reports.Counting;

namespace Akashi.Tests.Reports;

public class NumberCounterTests
{
    [Fact]
    public void Most_hits_come_first_and_equal_ones_from_the_lowest_number()
    {
        var counter = new NumberCounter();
        foreach (long number in new long[] { 50, 3, 4_294_967_294, 3, 50, -1 })
            counter.Add(number);

        Assert.Equal([(3, 2), (50, 2), (-1, 1), (4_294_967_294, 1)], counter.ByHits());
        Assert.Equal(4, counter.Count);
    }
}
