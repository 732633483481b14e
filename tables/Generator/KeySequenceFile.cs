using System.Text;

namespace Akashi.TableGenerator;

/// <summary>Writes the class of the terminal's key sequences: bytes in hex, and the name of the key.</summary>
static class KeySequenceFile
{
    /// <summary>The text of the class, in the input's order: the first sequence that fits wins.</summary>
    public static string Write(IReadOnlyList<NameRow> rows, string input)
    {
        byte[][] sequences = [.. rows.Select(row => Convert.FromHexString(row.Key))];
        var text = new StringBuilder(SourceText.Head(input));
        text.Append($"/// <summary>What keys send to a terminal: {rows.Count} sequences.</summary>\n");
        text.Append("public static class TerminalKeys\n{\n");
        text.Append("    /// <summary>The table; the first sequence that fits wins.</summary>\n");
        text.Append("    public static KeySequenceTable Sequences => new(Bytes, BytesEnds, Text, TextEnds);\n\n");
        text.Append(SourceText.Bytes("Bytes", sequences.SelectMany(sequence => sequence))).Append('\n');
        text.Append(SourceText.Numbers("ushort", "BytesEnds", Ends(sequences.Select(sequence => sequence.Length)))).Append('\n');
        text.Append(SourceText.Texts("Text", rows.Select(row => row.Name))).Append('\n');
        text.Append(SourceText.Numbers("ushort", "TextEnds", Ends(rows.Select(row => row.Name.Length))));
        return text.Append("}\n").ToString();
    }

    static IEnumerable<long> Ends(IEnumerable<int> lengths)
    {
        int end = 0;
        foreach (int length in lengths)
            yield return checked((ushort)(end += length));
    }
}
