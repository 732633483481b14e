namespace Akashi.Cli.Ausearch;

/// <summary>The values of ausearch's --format.</summary>
enum OutputFormat
{
    /// <summary>Records reversed, as they stand.</summary>
    Default,

    /// <summary>Records as they stand in the trail.</summary>
    Raw,

    /// <summary>Records reversed, values in words.</summary>
    Interpret,

    /// <summary>A line of columns for each event, normalised.</summary>
    Csv,

    /// <summary>A sentence for each event, normalised.</summary>
    Text,
}
