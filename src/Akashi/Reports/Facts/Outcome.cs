namespace Akashi.Reports.Facts;

/// <summary>Whether what was tried could be done.</summary>
public enum Outcome
{
    /// <summary>No record says.</summary>
    Unset,

    /// <summary>It couldn't.</summary>
    Failed,

    /// <summary>It could.</summary>
    Success,
}
