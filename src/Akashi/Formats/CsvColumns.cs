namespace Akashi.Formats;

/// <summary>Columns that csv has only where they are asked for.</summary>
[Flags]
public enum CsvColumns
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>YEAR to GMT_OFFSET.</summary>
    Time = 1,

    /// <summary>SUBJ_LABEL and OBJ_LABEL.</summary>
    Labels = 2,

    /// <summary>OBJ2.</summary>
    SecondObject = 4,

    /// <summary>KEY.</summary>
    Keys = 8,
}
