using Akashi.Output;

namespace Akashi.Cli.Recordings;

/// <summary>What is unpacked of an archive: where it's cut or damaged, it ends.</summary>
/// <param name="unpacking">What unpacks it.</param>
/// <param name="packed">The archive; closed with this.</param>
sealed class UnpackedStream(Stream unpacking, Stream packed) : OneWayStream
{
    bool _hasEnded;

    public override bool CanRead => true;

    public override int Read(Span<byte> buffer)
    {
        if (_hasEnded)
            return 0;
        try
        {
            return unpacking.Read(buffer);
        }
        catch (InvalidDataException)
        {
            // What came before is shown, or proved.
            _hasEnded = true;
            return 0;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            unpacking.Dispose();
            packed.Dispose();
        }

        base.Dispose(disposing);
    }
}
