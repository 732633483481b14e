using Akashi.Host;

namespace Akashi.Testing;

/// <summary>Signals that never come.</summary>
public sealed class NoSignals : ISignals, IDisposable
{
    public IDisposable On(Signal signal, Action action) => this;

    public void Ignore(Signal signal)
    {
    }

    public void Dispose()
    {
    }
}
