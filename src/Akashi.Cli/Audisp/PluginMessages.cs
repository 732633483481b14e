using Akashi.Host;
using Akashi.Output;

namespace Akashi.Cli.Audisp;

/// <summary>What a plugin says: standard error, which a daemon in the background has nobody at, and the system log.</summary>
sealed class PluginMessages(Invocation invocation) : IDisposable
{
    readonly Utf8Output _error = new(invocation.Error, FlushMode.Line);
    readonly Lock _gate = new();

    /// <summary>Says a line; from any thread.</summary>
    public void Say(string text)
    {
        invocation.Host.Log(invocation.Name, text);
        SayHere(text);
    }

    /// <summary>Says a line to whoever started it by hand.</summary>
    public void SayHere(string text)
    {
        lock (_gate)
        {
            _error.Write($"{invocation.Name}: {text}");
            _error.EndLine();
        }
    }

    /// <summary>Says how it's used, and what is wrong.</summary>
    /// <returns>1, the exit code.</returns>
    public int Refuse(string text, string usage)
    {
        Say(text);
        lock (_gate)
        {
            _error.Write(usage);
            _error.Flush();
        }

        return 1;
    }

    public void Dispose() => _error.Dispose();
}
