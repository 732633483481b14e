using Akashi.Output;

namespace Akashi.Cli.SetupCommands;

/// <summary>Standard output or error of work that goes on where its reader goes away: what can't be written any more is passed over, and known.</summary>
/// <param name="stream">The stream; stays open.</param>
sealed class LastingStream(Stream stream) : OneWayStream
{
    /// <summary>Whether something could not be written.</summary>
    public bool IsLost { get; private set; }

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (IsLost)
            return;
        try
        {
            stream.Write(buffer);
            stream.Flush();
        }
        catch (IOException)
        {
            IsLost = true;
        }
    }
}
