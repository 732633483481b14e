namespace Akashi.Configuration;

/// <summary>How much room a disk must have left: space_left and admin_space_left.</summary>
/// <param name="Value">MiB, or 1 to 99 percent of the file system.</param>
/// <param name="IsPercent">Which of the two.</param>
public readonly record struct SpaceLimit(int Value, bool IsPercent)
{
    const long BytesPerMegabyte = 1024 * 1024;

    /// <summary>The limit in MiB on a file system of that many bytes.</summary>
    public long Megabytes(long fileSystemBytes) =>
        IsPercent ? fileSystemBytes / BytesPerMegabyte * Value / 100 : Value;

    /// <inheritdoc/>
    public override string ToString() => IsPercent ? $"{Value}%" : $"{Value}";
}
