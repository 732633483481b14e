using System.Text;
using Akashi.Search;
using Akashi.Testing;

namespace Akashi.Tests.Search;

public class NeedleScanTests
{
    // Few different bytes, so that parts of needles are everywhere; letters whose bit 5 differs from a sign's (0x10 and '0', '@' and '`').
    const string Letters = "0aA6bB\u0010@`\n";

    [Fact]
    public void Finds_the_first_of_all_needles() => Seeded.Repeat(5000, random =>
    {
        byte[] block = Piece(random, random.Next(400));
        byte[][] needles = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Piece(random, random.Next(1, 12)))];
        if (random.Next(2) == 0)
            needles = [needles[0], Fold(needles[0], char.ToUpperInvariant), Fold(needles[0], char.ToLowerInvariant)];
        foreach (byte[] needle in needles)
        {
            if (random.Next(2) == 0 && needle.Length < block.Length)
                needle.CopyTo(block, random.Next(block.Length - needle.Length + 1));
        }

        var scan = new NeedleScan(needles);
        for (int from = 0; from < block.Length;)
        {
            int expected = needles.Select(needle => block.AsSpan(from).IndexOf(needle)).Where(index => index >= 0)
                .Select(index => from + index).DefaultIfEmpty(block.Length).Min();

            Assert.Equal(expected, scan.NextCandidate(block, from));
            from = Math.Max(from + 1, expected + 1 + random.Next(10));
        }
    });

    [Fact]
    public void Allocates_nothing()
    {
        byte[] block = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("type=PROCTITLE proctitle=616B6173686\n", 1000)));
        var scan = new NeedleScan(["616b61"u8.ToArray(), "616B61"u8.ToArray(), "akashi"u8.ToArray()]);

        Allocation.IsZero(() =>
        {
            for (int from = 0; from < block.Length;)
                from = scan.NextCandidate(block, from) + 1;
        });
    }

    static byte[] Piece(Random random, int length) =>
        [.. Enumerable.Range(0, length).Select(_ => (byte)Letters[random.Next(Letters.Length)])];

    static byte[] Fold(byte[] text, Func<char, char> fold) => [.. text.Select(letter => (byte)fold((char)letter))];
}
