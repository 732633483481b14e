namespace Akashi.Configuration;

/// <summary>A keyword of recorder.conf.</summary>
/// <param name="Name">In lower case; a file may write it in any.</param>
/// <param name="Legal">The legal values, to be read after "not".</param>
/// <param name="Default">What holds where no line has it.</param>
/// <param name="Note">What it is for.</param>
public abstract record RecorderKeyword(string Name, string Legal, string Default, string Note)
{
    /// <summary>Puts a value into a configuration.</summary>
    /// <returns>False where the value is not legal; the configuration is as it was then.</returns>
    public abstract bool TryApply(ReadOnlySpan<string> words, ref RecorderConfiguration configuration);
}

/// <summary>A keyword whose value is a <typeparamref name="T"/>.</summary>
sealed record RecorderKeyword<T>(
    string Name, KeywordGrammar<T> Grammar, string Default, string Note, Func<RecorderConfiguration, T, RecorderConfiguration> Set)
    : RecorderKeyword(Name, Grammar.Legal, Default, Note)
{
    /// <inheritdoc/>
    public override bool TryApply(ReadOnlySpan<string> words, ref RecorderConfiguration configuration)
    {
        if (!Grammar.TryRead(words, out T value))
            return false;
        configuration = Set(configuration, value);
        return true;
    }
}
