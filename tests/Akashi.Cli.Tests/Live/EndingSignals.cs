using Akashi.Host;

namespace Akashi.Cli.Tests.Live;

/// <summary>An interrupt that comes as soon as somebody listens: what is there already is shown, and nothing is waited for.</summary>
sealed class EndingSignals : ISignals, IDisposable
{
    public IDisposable On(Signal signal, Action action)
    {
        if (signal == Signal.Interrupt)
            action();
        return this;
    }

    public void Ignore(Signal signal)
    {
    }

    public void Dispose()
    {
    }
}
