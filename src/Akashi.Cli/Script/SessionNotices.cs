using Akashi.Host;
using Akashi.Output;

namespace Akashi.Cli.Script;

/// <summary>What script says to its user. A screen that can't be written ends no session: it's told at the end.</summary>
/// <param name="name">The name that script was called by.</param>
/// <param name="output">Standard output.</param>
/// <param name="error">Standard error.</param>
/// <param name="isQuiet">Whether standard output gets nothing.</param>
sealed class SessionNotices(string name, Utf8Output output, Utf8Output error, bool isQuiet)
{
    const int BrokenPipe = 32;

    /// <summary>Whether standard output refused something, but for a reader that went away.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Says something unless it's to be quiet.</summary>
    public void Say(string text)
    {
        if (isQuiet)
            return;
        try
        {
            output.Write(text);
            output.Flush();
        }
        catch (OutputClosedException exception)
        {
            HasFailed |= exception.InnerException?.HResult != BrokenPipe;
        }
    }

    /// <summary>Says something on standard error, in any case.</summary>
    public void Warn(string text)
    {
        try
        {
            error.Write(text);
            error.Flush();
        }
        catch (OutputClosedException)
        {
            // There is nowhere left to say it.
        }
    }

    /// <summary>A fault, with our name.</summary>
    public void Complain(string fault) => Warn($"{name}: {fault}\n");
}
