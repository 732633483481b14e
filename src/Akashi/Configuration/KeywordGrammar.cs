namespace Akashi.Configuration;

/// <summary>Reads the words behind the sign of a line.</summary>
/// <returns>False where they are not what the grammar takes.</returns>
delegate bool TryReadWords<T>(ReadOnlySpan<string> words, out T value);

/// <summary>What may stand behind a keyword.</summary>
/// <param name="Legal">The legal values, to be read after "not": <c>a number from 0 to 999</c>.</param>
/// <param name="TryRead">Reads one or more words.</param>
sealed record KeywordGrammar<T>(string Legal, TryReadWords<T> TryRead);
