namespace Akashi.Cli.CommandLine;

/// <summary>What the value of an option may be, as far as completion knows.</summary>
public enum ValueKind
{
    /// <summary>What the value's name says: FILE and PATH, DIR, USER, GROUP, TIME, <c>yes|no</c>; else anything.</summary>
    ByName,

    /// <summary>Anything: a number, a text.</summary>
    Anything,

    /// <summary>One of the words listed.</summary>
    Words,

    File,
    Directory,
    User,
    Group,

    /// <summary>The words of <see cref="TimeSpecification"/>.</summary>
    Time,

    /// <summary>A program to be run.</summary>
    Program,

    Syscall,
    RecordType,
    Machine,
    Errno,

    /// <summary>A field of a rule.</summary>
    RuleField,
}

/// <summary>What the value of an option, or an operand, may be.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Words">For <see cref="ValueKind.Words"/>, with a blank between them; else further words beside those of the kind.</param>
public readonly record struct OptionValues(ValueKind Kind, string? Words = null)
{
    /// <summary>Whether several may be joined by commas.</summary>
    public bool IsList { get; init; }

    /// <summary>Whether something follows the word without a blank: an operator after a field.</summary>
    public bool IsOpen { get; init; }

    /// <summary>One of these words.</summary>
    public static OptionValues Of(string words) => new(ValueKind.Words, words);

    /// <summary>The kind that a value's name stands for where the row says nothing of it.</summary>
    public OptionValues Or(string? valueName)
    {
        if (Kind != ValueKind.ByName)
            return this;
        if (valueName is null)
            return new(ValueKind.Anything);
        if (valueName.Contains('|', StringComparison.Ordinal) && valueName.All(letter => char.IsAsciiLetterLower(letter) || letter is '|' or '-'))
            return Of(valueName.Replace('|', ' '));
        return this with
        {
            Kind = valueName switch
            {
                "FILE" or "PATH" or "LOG" => ValueKind.File,
                "DIR" or "DIRECTORY" => ValueKind.Directory,
                "USER" => ValueKind.User,
                "GROUP" => ValueKind.Group,
                "TIME" => ValueKind.Time,
                "SYSCALL" or "CALL" => ValueKind.Syscall,
                "MACHINE" or "ARCH" => ValueKind.Machine,
                _ => ValueKind.Anything,
            },
        };
    }
}
