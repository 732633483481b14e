using System.Text;
using Akashi.Output;
using Akashi.Reports;

namespace Akashi.Tests.Reports;

public class ReportLineTests
{
    // Counted by hand: nothing is wider than the terminal, names that don't fit whole stand before their values in rows below, and rows are broken between words.
    [Theory]
    [InlineData(0, "TIME   WHO       COMMAND\n10:30  shota     make all of it and more, and then some\n")]
    [InlineData(20, "TIME   WHO\n10:30  shota\nCOMMAND make all of\nit and more, and\nthen some\n")]
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

    [Fact]
    public void Columns_that_do_not_fit_stand_below_each_behind_its_name()
    {
        var stream = new MemoryStream();
        using (var output = new Utf8Output(stream))
        {
            var line = new ReportLine([new("TIME", 0), new("WHO", 7), new("DIRECTORY", 40), new("STARTED", 58), new("EXIT", 68), new("COMMAND", 74)]) { TerminalColumns = 60 };
            line.WriteHeading(output);
            foreach (string[] row in (string[][])[["10:30", "shota", "/home/shota", "", "0", "make all of it and more, and then some"], ["10:31", "root", "/", "", "", ""]])
            {
                line.Begin();
                for (int column = 0; column < row.Length; column++)
                {
                    if (column > 0)
                        line.NextColumn();
                    line.Text.AppendText(row[column]);
                }

                line.Write(output);
            }
        }

        Assert.Equal(
            "TIME   WHO                              DIRECTORY\n"
            + "10:30  shota                            /home/shota\n"
            + "                EXIT 0  COMMAND make all of it and more, and\n"
            + "                then some\n"
            + "10:31  root                             /\n", Encoding.UTF8.GetString(stream.ToArray()));
    }
}
