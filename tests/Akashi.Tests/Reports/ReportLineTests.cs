using System.Text;
using Akashi.Output;
using Akashi.Reports;

namespace Akashi.Tests.Reports;

public class ReportLineTests
{
    // Counted by hand: nothing is wider than the terminal, names that don't fit whole are left out, and rows are broken between words.
    [Theory]
    [InlineData(0, "TIME   WHO       COMMAND\n10:30  shota     make all of it and more, and then some\n")]
    [InlineData(20, "TIME   WHO\n10:30  shota\nmake all of it and\nmore, and then some\n")]
    [InlineData(50, "TIME   WHO       COMMAND\n10:30  shota     make all of it and more, and then\n                some\n")]
    public void A_table_fits_its_terminal(int columns, string expected)
    {
        var stream = new MemoryStream();
        using (var output = new Utf8Output(stream))
        {
            var line = new ReportLine([new("TIME", 0), new("WHO", 7), new("COMMAND", 17)]) { TerminalColumns = columns };
            line.WriteHeading(output);
            line.Begin();
            line.Text.AppendText("10:30");
            line.NextColumn();
            line.Text.AppendText("shota");
            line.NextColumn();
            line.Text.AppendText("make all of it and more, and then some");
            line.Write(output);
        }

        Assert.Equal(expected, Encoding.UTF8.GetString(stream.ToArray()));
    }
}
