using System.Text;

namespace Akashi.Live;

/// <summary>How many columns of a terminal a character takes, and which characters must not reach one.</summary>
static class CharacterWidth
{
    /// <summary>0 for marks that stand on the character before, 2 for the wide ones of East Asia and pictures, else 1.</summary>
    /// <remarks>After Unicode's EastAsianWidth (W and F) by blocks, as wcwidth(3) of most terminals has it.</remarks>
    public static int Of(Rune rune) => rune.Value switch
    {
        < 0x300 => 1,
        <= 0x36F or (>= 0x1AB0 and <= 0x1AFF) or (>= 0x1DC0 and <= 0x1DFF) or (>= 0x20D0 and <= 0x20FF)
            or (>= 0xFE00 and <= 0xFE0F) or (>= 0xFE20 and <= 0xFE2F) => 0,
        (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0x303E) or (>= 0x3041 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3)
            or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60)
            or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD) => 2,
        _ => 1,
    };

    /// <summary>Whether a character moves a terminal, hides itself, or turns the direction of what follows.</summary>
    /// <remarks>
    /// C0, DEL and C1; line and paragraph separators; bidirectional marks, embeddings, overrides and isolates (the "Trojan source" characters);
    /// zero-width characters, tags, annotations and noncharacters; the private use areas, whose look nobody knows.
    /// </remarks>
    public static bool IsUnsafe(Rune rune) => rune.Value
        is < 0x20 or (>= 0x7F and <= 0x9F) or 0xAD or 0x34F or 0x61C or 0x115F or 0x1160 or 0x17B4 or 0x17B5
        or (>= 0x180B and <= 0x180F) or (>= 0x200B and <= 0x200F) or (>= 0x2028 and <= 0x202E) or (>= 0x2060 and <= 0x206F)
        or 0x3164 or (>= 0xE000 and <= 0xF8FF) or (>= 0xFDD0 and <= 0xFDEF) or 0xFEFF or 0xFFA0 or (>= 0xFFF0 and <= 0xFFFB)
        or (>= 0xFFFE and <= 0xFFFF) or (>= 0xE0000);
}
