using System.Globalization;

namespace Akashi.TableGenerator;

/// <summary>One line of an input: a number and its name, or a constant's name and its name.</summary>
/// <param name="Key">The first column as it stands.</param>
/// <param name="Name">The second column.</param>
sealed record NameRow(string Key, string Name)
{
    /// <summary>The first column as a number, 0 or more; constants of 32 bits with the highest one set are positive.</summary>
    /// <exception cref="FormatException">It isn't one.</exception>
    public long Number => long.Parse(Key, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>All rows of an input, in its order.</summary>
    /// <exception cref="InvalidDataException">A line without exactly two columns, or a name that isn't printable ASCII.</exception>
    public static IReadOnlyList<NameRow> ReadAll(string path)
    {
        var rows = new List<NameRow>();
        foreach (string line in File.ReadLines(path))
        {
            string[] columns = line.Split('\t');
            if (columns is not [{ Length: > 0 } key, { Length: > 0 } name] || name.Any(c => c is < ' ' or > '~'))
                throw new InvalidDataException($"{path}: line {rows.Count + 1}: not two columns of printable ASCII: {line}");
            rows.Add(new NameRow(key, name));
        }
        return rows;
    }
}
