using System.Text;
using Akashi.Cli.CommandLine;
using Akashi.Output;

namespace Akashi.Cli.Tests.CommandLine;

public class RowStreamTests
{
    // Counted by hand; colours take no column.
    [Theory]
    [InlineData("kernel    on; backlog 0 of 8,192; 0 lost by its own count\n\nrules     none\n", "kernel    on; backlog 0 of 8,192; 0 lost by its\n          own count\n\nrules     none\n")]
    [InlineData("\e[2mkernel    \e[0mon; backlog 0 of 8,192; 0 lost by its own count", "\e[2mkernel    \e[0mon; backlog 0 of 8,192; 0 lost by its\n          own count")]
    public void A_line_is_broken_between_words_and_goes_on_under_its_text(string text, string expected)
    {
        foreach (int pieceLength in (int[])[1, 7, 1000])
        {
            var stream = new MemoryStream();
            using (var rows = new RowStream(stream, 50, 10))
            {
                foreach (byte[] piece in Encoding.UTF8.GetBytes(text).Chunk(pieceLength))
                    rows.Write(piece);
            }

            Assert.Equal(expected, Encoding.UTF8.GetString(stream.ToArray()));
        }
    }
}
