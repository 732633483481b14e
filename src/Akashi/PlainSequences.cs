namespace Akashi;

/// <summary>Select and Where, lazy as System.Linq's, which they stand before: an enclosing namespace is looked into first.</summary>
/// <remarks>
/// System.Linq makes them virtual generic methods of a dozen iterators, so that ahead-of-time compilation has to make each pair of iterator and result type: 5.7 of
/// 14 MB of the binary, and a fifth of what is unpacked at every start. Linked into each project of src/, internal in each.
/// </remarks>
static class PlainSequences
{
    /// <summary>What a function makes of each.</summary>
    public static IEnumerable<TResult> Select<TSource, TResult>(this IEnumerable<TSource> source, Func<TSource, TResult> selector)
    {
        foreach (TSource item in source)
            yield return selector(item);
    }

    /// <summary>What a function makes of each and of its place, counted from 0.</summary>
    public static IEnumerable<TResult> Select<TSource, TResult>(this IEnumerable<TSource> source, Func<TSource, int, TResult> selector)
    {
        int index = 0;
        foreach (TSource item in source)
            yield return selector(item, index++);
    }

    /// <summary>Those for which a condition holds.</summary>
    public static IEnumerable<TSource> Where<TSource>(this IEnumerable<TSource> source, Func<TSource, bool> predicate)
    {
        foreach (TSource item in source)
        {
            if (predicate(item))
                yield return item;
        }
    }
}
