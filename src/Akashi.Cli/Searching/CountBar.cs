using Akashi.Output;

namespace Akashi.Cli.Searching;

/// <summary>A bar as long as a count is large; blocks of eighths where the terminal shows them, else number signs.</summary>
/// <param name="columns">The longest bar; 0 or less for none.</param>
/// <param name="largest">The count that gets it.</param>
/// <param name="hasColors">Whether bars are coloured.</param>
sealed class CountBar(int columns, long largest, bool hasColors)
{
    const int ColumnsMin = 4;
    const int Eighths = 8;

    readonly bool _hasBlocks = Terminal.ShowsUtf8();

    public void Write(long count, Utf8Output output)
    {
        if (columns < ColumnsMin || count == 0)
            return;
        output.Write("  "u8);
        if (hasColors)
            output.Write("\e[36m"u8);
        long eighths = Math.Max((long)((double)count / largest * columns * Eighths), 1);
        if (_hasBlocks)
        {
            output.Write(new string('█', (int)(eighths / Eighths)));
            if (eighths % Eighths > 0)
                output.Write([(char)('█' + Eighths - (eighths % Eighths))]);
        }
        else
            output.Write(new string('#', (int)((eighths + Eighths - 1) / Eighths)));
        if (hasColors)
            output.Write("\e[0m"u8);
    }
}
