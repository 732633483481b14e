using Akashi.Host;

namespace Akashi.Testing;

/// <summary>No signal ever comes.</summary>
public sealed class NoSignals : ISignals
{
    /// <inheritdoc/>
    public IDisposable On(Signal signal, Action action) => new Nothing();

    sealed class Nothing : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
