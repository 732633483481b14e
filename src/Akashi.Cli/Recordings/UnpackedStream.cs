namespace Akashi.Cli.Recordings;

/// <summary>What is unpacked of an archive: where it's cut or damaged, it ends.</summary>
/// <param name="unpacking">What unpacks it.</param>
/// <param name="packed">The archive; closed with this.</param>
sealed class UnpackedStream(Stream unpacking, Stream packed) : Stream
{
    bool _hasEnded;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

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

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

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
