namespace Akashi.Cli.CommandLine;

/// <summary>What the rows of option tables do with a value that is good: for <c>using static</c>.</summary>
static class Assignment
{
    /// <summary>Puts it where it belongs.</summary>
    /// <returns>Null, as an <see cref="ApplyOption{T}"/> that took its option.</returns>
    public static string? Set(Action assign)
    {
        assign();
        return null;
    }
}
