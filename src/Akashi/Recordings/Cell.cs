namespace Akashi.Recordings;

/// <summary>What a cell looks like beside its colours.</summary>
[Flags]
public enum CellLook : ushort
{
    None = 0,
    Bold = 1,
    Dim = 2,
    Italic = 4,
    Underline = 8,
    Blink = 16,
    Inverse = 32,
    Invisible = 64,
    Strikethrough = 128,
    Overline = 256,
}

/// <summary>A colour of a cell: the terminal's own, one of its 256, or red, green and blue.</summary>
/// <param name="Bits">0 for the terminal's own; 0x01000000 and a number; 0x02000000 and 24 bits of red, green, blue.</param>
public readonly record struct CellColor(uint Bits)
{
    /// <summary>One of the 256: the first 8 and their bright twins are the named ones.</summary>
    public static CellColor Indexed(int index) => new(0x01000000u | (uint)(index & 0xFF));

    /// <summary>A colour by its parts, 0 to 255 each.</summary>
    public static CellColor Rgb(int red, int green, int blue) =>
        new(0x02000000u | (uint)((red & 0xFF) << 16) | (uint)((green & 0xFF) << 8) | (uint)(blue & 0xFF));

    /// <summary>Whether it's the terminal's own.</summary>
    public bool IsDefault => Bits == 0;

    /// <summary>Whether it's one of the 256; else, unless <see cref="IsDefault"/>, it's 24 bits of red, green, blue.</summary>
    public bool IsIndexed => Bits >> 24 == 1;
}

/// <summary>The colours and look that characters are written with.</summary>
public readonly record struct CellStyle(CellColor Foreground, CellColor Background, CellLook Look);

/// <summary>One place of the screen, 16 bytes.</summary>
public readonly record struct Cell
{
    /// <summary>In <see cref="Text"/>: the number is that of a cluster, a character with marks; <see cref="Screen.WriteText"/> has its characters.</summary>
    public const uint ClusterBit = 1u << 28;

    const int ColumnsShift = 29;

    readonly uint _bits;

    /// <summary>Makes one.</summary>
    /// <param name="text">A code point, 0 for nothing, or a cluster.</param>
    /// <param name="style">Its colours and look.</param>
    /// <param name="columns">1; 2 for the left half of a wide character; 0 for the right half.</param>
    public Cell(uint text, CellStyle style, int columns)
    {
        _bits = text | ((uint)columns << ColumnsShift);
        Style = style;
    }

    /// <summary>Nothing, in the terminal's own colours.</summary>
    public static Cell Blank => new(0, default, 1);

    /// <summary>A code point; 0 for nothing; with <see cref="ClusterBit"/> the number of a cluster.</summary>
    public uint Text => _bits & ((1u << ColumnsShift) - 1);

    /// <summary>1; 2 for the left half of a wide character; 0 for the right half.</summary>
    public int Columns => (int)(_bits >> ColumnsShift);

    /// <summary>Its colours and look.</summary>
    public CellStyle Style { get; }
}
