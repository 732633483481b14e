namespace Akashi.Recordings;

/// <summary>What a terminal shows of what is typed, termios(3); a larger one is the stricter.</summary>
public enum InputEcho
{
    /// <summary>ECHO: the terminal itself shows it.</summary>
    Shown,

    /// <summary>Neither ECHO nor ICANON: the program that reads it shows what it likes.</summary>
    Raw,

    /// <summary>ICANON without ECHO: a line that isn't shown, which is how programs ask for passwords.</summary>
    Hidden,
}
