using System.Text;
using Akashi.Reports.Counting;
using Akashi.Testing;

namespace Akashi.Tests.Reports;

public class TextCounterTests(ITestOutputHelper log)
{
    [Fact]
    public void Most_hits_come_first_and_equal_ones_keep_the_order_in_which_they_came()
    {
        var counter = new TextCounter();
        foreach (string text in new[] { "b", "a", "", "a", "c", "c", "" })
            counter.Add(Encoding.UTF8.GetBytes(text));

        Assert.Equal(["a 2", " 2", "c 2", "b 1"], List(counter));
    }

    [Fact]
    public void Counts_as_a_dictionary_of_strings_does()
    {
        const int Seed = 20261121;
        log.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var counter = new TextCounter();
        var twin = new List<(string Text, int Hits)>();
        var places = new Dictionary<string, int>();
        for (int round = 0; round < 60_000; round++)
        {
            string text = new('x', random.Next(3));
            text += random.Next(random.Next(1, 20_000)).ToString();
            if (random.Next(2000) == 0)
                text = new string('y', random.Next(300_000));
            counter.Add(Encoding.UTF8.GetBytes(text));
            if (!places.TryGetValue(text, out int place))
            {
                places.Add(text, twin.Count);
                twin.Add((text, 1));
            }
            else
            {
                twin[place] = (text, twin[place].Hits + 1);
            }
        }

        Assert.Equal(twin.Count, counter.Count);
        Assert.Equal(twin.OrderByDescending(entry => entry.Hits).Select(entry => $"{entry.Text} {entry.Hits}"), List(counter));
    }

    [Fact]
    public void Known_texts_allocate_nothing()
    {
        var counter = new TextCounter();
        byte[][] texts = [.. Enumerable.Range(0, 10_000).Select(number => Encoding.UTF8.GetBytes($"/srv/file{number}"))];
        foreach (byte[] text in texts)
            counter.Add(text);

        Allocation.IsZero(() =>
        {
            foreach (byte[] text in texts)
                counter.Add(text);
        });
    }

    static IEnumerable<string> List(TextCounter counter) =>
        counter.ByHits().Select(index => $"{Encoding.UTF8.GetString(counter.TextAt(index))} {counter.HitsAt(index)}");
}
