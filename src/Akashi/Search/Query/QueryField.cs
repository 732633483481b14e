using Akashi.Search.Query.Fields;

namespace Akashi.Search.Query;

/// <summary>What values a field of the query language takes.</summary>
public enum QueryFieldKind
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>A user, by name or number.</summary>
    User,

    /// <summary>A group, by name or number.</summary>
    Group,

    /// <summary>A system call, by name or number.</summary>
    Syscall,

    /// <summary>A record type, by name or number.</summary>
    RecordType,

    /// <summary>success or failed.</summary>
    Result,

    /// <summary>A number, or the name of an error.</summary>
    Exit,

    /// <summary>A number in decimal digits.</summary>
    Number,

    /// <summary>A number in hexadecimal ones: a0 to a3.</summary>
    Hexadecimal,

    /// <summary>A number in octal ones: mode.</summary>
    Octal,

    /// <summary>A kind of event, by name.</summary>
    EventKind,

    /// <summary>A time.</summary>
    Time,
}

/// <summary>A field of the query language.</summary>
/// <param name="Name">As it is typed.</param>
/// <param name="Kind">What values it takes.</param>
/// <param name="Help">One line; empty for fields of records.</param>
/// <param name="MakeReader">Makes its reader.</param>
public sealed record QueryField(string Name, QueryFieldKind Kind, string Help, Func<FieldContext, FieldReader> MakeReader);
