using System.Globalization;
using System.Text;

namespace Akashi.Setup;

/// <summary>The difference of two texts as <c>diff -u</c> prints it.</summary>
/// <remarks>
/// POSIX.1-2017 diff, unified form: <c>--- A</c>, <c>+++ B</c>, then hunks <c>@@ -start,count +start,count @@</c> with three lines around each change; a last line
/// without a line feed is followed by <c>\ No newline at end of file</c>. Found by a longest common subsequence over the lines between the common
/// beginning and the common end; where that would be more than four million cells, all of them count as changed.
/// </remarks>
public static class UnifiedDiff
{
    const int Context = 3;
    const int CellsMax = 4_000_000;

    /// <summary>The difference; empty where there is none.</summary>
    /// <param name="before">The old text; null where there is no such file.</param>
    /// <param name="after">The new text; null where there is none.</param>
    /// <param name="path">The file's name.</param>
    public static string Of(string? before, string? after, string path)
    {
        if (before == after)
            return "";
        string[] old = Lines(before), made = Lines(after);
        List<(char Sign, string Line)> script = Compare(old, made);
        var text = new StringBuilder();
        text.Append("--- ").Append(before is null ? "/dev/null" : path).Append('\n');
        text.Append("+++ ").Append(after is null ? "/dev/null" : path).Append('\n');
        WriteHunks(text, script);
        return text.ToString();
    }

    // Each line with its line feed, which the last may lack.
    static string[] Lines(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return [];
        string[] pieces = text.Split('\n');
        return [.. pieces[..^1].Select(piece => piece + "\n"), .. pieces[^1].Length > 0 ? [pieces[^1]] : Array.Empty<string>()];
    }

    static List<(char, string)> Compare(string[] old, string[] made)
    {
        int start = 0, oldEnd = old.Length, madeEnd = made.Length;
        while (start < oldEnd && start < madeEnd && old[start] == made[start])
            start++;
        while (oldEnd > start && madeEnd > start && old[oldEnd - 1] == made[madeEnd - 1])
        {
            oldEnd--;
            madeEnd--;
        }

        var script = new List<(char, string)>();
        script.AddRange(old[..start].Select(line => (' ', line)));
        AddMiddle(script, old[start..oldEnd], made[start..madeEnd]);
        script.AddRange(old[oldEnd..].Select(line => (' ', line)));
        return script;
    }

    static void AddMiddle(List<(char, string)> script, string[] old, string[] made)
    {
        int[,]? lengths = (long)(old.Length + 1) * (made.Length + 1) <= CellsMax ? CommonLengths(old, made) : null;
        int i = 0, j = 0;
        while (i < old.Length || j < made.Length)
        {
            if (lengths is not null && i < old.Length && j < made.Length && old[i] == made[j])
            {
                script.Add((' ', old[i++]));
                j++;
            }
            else if (i < old.Length && (lengths is null || j >= made.Length || lengths[i + 1, j] >= lengths[i, j + 1]))
            {
                script.Add(('-', old[i++]));
            }
            else
            {
                script.Add(('+', made[j++]));
            }
        }
    }

    // [i, j]: how many lines old[i..] and made[j..] have in common, in order.
    static int[,] CommonLengths(string[] old, string[] made)
    {
        int[,] lengths = new int[old.Length + 1, made.Length + 1];
        for (int i = old.Length - 1; i >= 0; i--)
        {
            for (int j = made.Length - 1; j >= 0; j--)
                lengths[i, j] = old[i] == made[j] ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
        }

        return lengths;
    }

    static void WriteHunks(StringBuilder text, List<(char Sign, string Line)> script)
    {
        int oldLine = 1, madeLine = 1, written = 0;
        while (true)
        {
            int first = script.FindIndex(written, step => step.Sign != ' ');
            if (first < 0)
                return;
            int start = Math.Max(first - Context, written), end = EndOfHunk(script, first);
            oldLine += script[written..start].Count(step => step.Sign != '+');
            madeLine += script[written..start].Count(step => step.Sign != '-');
            List<(char Sign, string Line)> hunk = script[start..end];
            int oldCount = hunk.Count(step => step.Sign != '+'), madeCount = hunk.Count(step => step.Sign != '-');
            text.Append("@@ -").Append(Range(oldLine, oldCount)).Append(" +").Append(Range(madeLine, madeCount)).Append(" @@\n");
            foreach ((char sign, string line) in hunk)
                text.Append(sign).Append(line).Append(line.EndsWith('\n') ? "" : "\n\\ No newline at end of file\n");
            oldLine += oldCount;
            madeLine += madeCount;
            written = end;
        }
    }

    // After the last change that has no more than twice the context before the next one.
    static int EndOfHunk(List<(char Sign, string Line)> script, int first)
    {
        int last = first;
        for (int index = first; index < script.Count && index - last <= 2 * Context; index++)
        {
            if (script[index].Sign != ' ')
                last = index;
        }

        return Math.Min(last + 1 + Context, script.Count);
    }

    // An empty range names the line before it; a count of one is left out.
    static string Range(int line, int count) => count switch
    {
        0 => string.Create(CultureInfo.InvariantCulture, $"{line - 1},0"),
        1 => string.Create(CultureInfo.InvariantCulture, $"{line}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{line},{count}"),
    };
}
