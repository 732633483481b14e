namespace Akashi.Live;

/// <summary>How wide the columns of the live view are.</summary>
/// <param name="Person">Who.</param>
/// <param name="Where">From where.</param>
/// <param name="Directory">In which directory.</param>
/// <param name="Gap">Blanks behind the time and behind the result.</param>
/// <param name="HasSessionAddress">Whether every line has the address of its session; else only those whose event says it: logins.</param>
readonly record struct LiveColumns(int Person, int Where, int Directory, int Gap, bool HasSessionAddress)
{
    // Narrower than this, the wide layout leaves less than half of the row for what was done.
    const int WideFrom = 120;

    /// <summary>For files, pipes and wide terminals.</summary>
    public static LiveColumns Wide { get; } = new(14, 22, 20, 2, true);

    /// <summary>For narrow terminals: what was done begins in column 42.</summary>
    public static LiveColumns Narrow { get; } = new(10, 7, 12, 1, false);

    /// <summary>Those for a terminal of a width; 0 for no terminal.</summary>
    public static LiveColumns For(int terminalColumns) => terminalColumns is > 0 and < WideFrom ? Narrow : Wide;
}
