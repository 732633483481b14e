namespace Akashi.Records;

/// <summary>Why a line is no record.</summary>
public enum RecordFault
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>There is nothing in it.</summary>
    EmptyLine,

    /// <summary>It doesn't begin with <c>type=</c>, or <c>node=NAME type=</c>.</summary>
    MissingType,

    /// <summary>The type is not followed by <c>msg=audit(</c>.</summary>
    MissingStamp,

    /// <summary>The stamp is not <c>SECONDS.MSC:SERIAL):</c>.</summary>
    MalformedStamp,

    /// <summary>The line is longer than a record can be; see <see cref="Record.LineBytesMax"/>.</summary>
    TooLong,
}

/// <summary>The one place that turns a <see cref="RecordFault"/> into text.</summary>
public static class RecordFaultText
{
    /// <summary>What is wrong, in words for a message: lower case, no full stop.</summary>
    public static string Describe(RecordFault fault) => fault switch
    {
        RecordFault.None => "nothing is wrong",
        RecordFault.EmptyLine => "the line is empty",
        RecordFault.MissingType => "the line doesn't begin with type=",
        RecordFault.MissingStamp => "the type is not followed by msg=audit(",
        RecordFault.MalformedStamp => "the stamp is not SECONDS.MSC:SERIAL",
        RecordFault.TooLong => "the line is longer than a record can be",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "not a record fault"),
    };
}
