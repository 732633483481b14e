using Akashi.Configuration;

namespace Akashi.Trail;

/// <summary>The names of a trail's segments: the log's own, and behind it <c>.1</c> to the oldest, some of them packed.</summary>
/// <param name="path">The newest segment's path.</param>
/// <remarks>Every call looks anew, and may throw what <see cref="File"/> and <see cref="Directory"/> do.</remarks>
sealed class SegmentNames(string path)
{
    /// <summary>The path of a closed segment that isn't packed.</summary>
    internal string Numbered(int number) => $"{path}.{number}";

    /// <summary>The closed segments that are there, in no order; a number comes twice while a segment is being packed.</summary>
    internal IEnumerable<(int Number, string Path)> ListClosed() =>
        from found in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + ".*")
        let number = AuditTrail.RotationNumber(found, Path.GetFileName(path), takesPacked: true)
        where number > 0 && !found.EndsWith(".gz", StringComparison.Ordinal)
        select (number, found);

    /// <summary>Gives each the next number, and the log the first; the one beyond the wanted number goes.</summary>
    // From the highest down, so that no name is ever taken twice; a gap in the numbers stays where it is.
    internal void Shift(in RotationSettings rotation)
    {
        int last = rotation.SegmentsMax - 1;
        if (!rotation.KeepsAll)
        {
            File.Delete(Numbered(last));
            File.Delete(Packed(last));
        }
        else
        {
            last = HighestNumber() + 1;
        }

        for (int number = last - 1; number >= 1; number--)
        {
            if (File.Exists(Numbered(number)))
                File.Move(Numbered(number), Numbered(number + 1));
            if (File.Exists(Packed(number)))
                File.Move(Packed(number), Packed(number + 1));
        }

        File.Move(path, Numbered(1));
    }

    string Packed(int number) => Numbered(number) + TrailWriter.PackedEnding;

    int HighestNumber()
    {
        int number = 0;
        while (File.Exists(Numbered(number + 1)) || File.Exists(Packed(number + 1)))
            number++;
        return number;
    }
}
