namespace Akashi.Cli.Ausearch;

/// <summary>The values of ausearch's --format that are there.</summary>
enum OutputFormat
{
    /// <summary>Records reversed, as they stand.</summary>
    Default,

    /// <summary>Records as they stand in the trail.</summary>
    Raw,

    /// <summary>Records reversed, values in words.</summary>
    Interpret,
}
