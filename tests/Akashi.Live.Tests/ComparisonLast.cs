using Xunit.Sdk;
using Xunit.v3;

namespace Akashi.Live.Tests;

/// <summary>Runs the comparison with the state before after all else; the rest by name.</summary>
public sealed class ComparisonLast : ITestCollectionOrderer
{
    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection
        => [.. testCollections
            .OrderBy(collection => collection.TestCollectionDisplayName.Contains(nameof(StateBeforeTests), StringComparison.Ordinal))
            .ThenBy(collection => collection.TestCollectionDisplayName, StringComparer.Ordinal)];
}
