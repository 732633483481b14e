namespace Akashi.Search.Query.Fields;

/// <summary>Takes the values that a field has in an event, one after the other.</summary>
public interface IValueTaker
{
    /// <summary>Takes a value.</summary>
    /// <param name="words">In words, where the field has such; else as the record has it, without quotes. Valid until it returns.</param>
    /// <param name="raw">As the record has it, without quotes; empty where the record has no such value, or it's the same.</param>
    /// <returns>Whether it has enough.</returns>
    bool Take(ReadOnlySpan<byte> words, ReadOnlySpan<byte> raw);
}
