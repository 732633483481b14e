using System.Text;

namespace Akashi.Recordings;

/// <summary>What is known of a typed key.</summary>
enum TypedKeyState
{
    /// <summary>Nothing yet: the screen may still answer it.</summary>
    Waiting,

    /// <summary>It was shown: it's recorded.</summary>
    Recorded,

    /// <summary>It wasn't.</summary>
    Withheld,
}

/// <summary>A key that was typed and isn't written yet, or a line of which nothing is kept but that there was one.</summary>
/// <param name="bytes">What came; empty for a line that is hidden.</param>
/// <param name="isCharacter">Whether it's a character.</param>
/// <param name="rune">How the screen would show it; null for a character that it can't.</param>
/// <param name="microseconds">When it came, since the beginning.</param>
sealed class TypedKey(byte[] bytes, bool isCharacter, Rune? rune, long microseconds)
{
    /// <summary>What came.</summary>
    public byte[] Bytes => bytes;

    /// <summary>Whether it's a character.</summary>
    public bool IsCharacter => isCharacter;

    /// <summary>How the screen would show it.</summary>
    public Rune? Rune => rune;

    /// <summary>When it came.</summary>
    public long Microseconds => microseconds;

    /// <summary>What is known of it.</summary>
    public TypedKeyState State { get; set; }

    /// <summary>Whether a line ends with it.</summary>
    public bool EndsLine { get; init; }

    /// <summary>Outputs before it.</summary>
    public long ShownCount { get; init; }

    /// <summary>Where it would be shown; null for right after the character before it.</summary>
    public (int Row, int Column)? Place { get; set; }
}
