namespace Akashi.Daemon.Disk;

/// <summary>Does nothing to the machine: for a recording in the foreground, where somebody sees what is said.</summary>
public sealed class NoActions : IMachineActions
{
    /// <inheritdoc/>
    public void Say(string text)
    {
    }

    /// <inheritdoc/>
    public void Mail(string account, string subject, string text)
    {
    }

    /// <inheritdoc/>
    public void Execute(string program, Action ended) => ended();

    /// <inheritdoc/>
    public void ChangeRunLevel(RunLevel level)
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
