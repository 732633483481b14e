namespace Akashi.Configuration;

/// <summary>A keyword of a configuration file.</summary>
/// <typeparam name="TConfiguration">What the file is read into.</typeparam>
/// <param name="Name">In lower case; a file may write it in any.</param>
/// <param name="Legal">The legal values, to be read after "not".</param>
/// <param name="Default">What holds where no line has it, as a line would say it; null where no value says the same as none.</param>
/// <param name="Note">What it is for, or what of it differs.</param>
public abstract record Keyword<TConfiguration>(string Name, string Legal, string? Default, string Note)
{
    /// <summary>Whether it still may stand in a file, to no effect or to that of another keyword.</summary>
    public bool IsDeprecated { get; init; }

    /// <summary>Puts a value into a configuration.</summary>
    /// <param name="words">One word or more.</param>
    /// <param name="configuration">Gets it.</param>
    /// <returns>False where the value is not legal; the configuration is as it was then.</returns>
    public abstract bool TryApply(ReadOnlySpan<string> words, ref TConfiguration configuration);
}

/// <summary>A keyword whose value is a <typeparamref name="T"/>.</summary>
sealed record Keyword<TConfiguration, T>(
    string Name, KeywordGrammar<T> Grammar, string? Default, string Note, Func<TConfiguration, T, TConfiguration> Set)
    : Keyword<TConfiguration>(Name, Grammar.Legal, Default, Note)
{
    /// <inheritdoc/>
    public override bool TryApply(ReadOnlySpan<string> words, ref TConfiguration configuration)
    {
        if (!Grammar.TryRead(words, out T value))
            return false;
        configuration = Set(configuration, value);
        return true;
    }
}
