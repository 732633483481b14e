using Akashi.Host;

namespace Akashi.Search.Query.Fields;

/// <summary>What readers share: the machine, and the event that was normalised last, which several of them read.</summary>
/// <param name="host">The machine.</param>
public sealed class FieldContext(IHost host)
{
    NormalizedValues? _normalized;

    /// <summary>The machine.</summary>
    public IHost Host => host;

    internal NormalizedValues Normalized => _normalized ??= new NormalizedValues(host);
}
