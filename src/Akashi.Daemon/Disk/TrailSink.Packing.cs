using Akashi.Configuration;
using Akashi.Host;
using Akashi.Linux.Compression;

namespace Akashi.Daemon.Disk;

/// <summary>Packs closed segments: <c>compress</c> of akashi.conf.</summary>
public sealed partial class TrailSink
{
    SegmentPacker? _packer;

    /// <summary>From now on packs as the keys say, the closed segments that are there first.</summary>
    public void Pack(IFiles files, AkashiConfiguration keys)
    {
        _packer?.Dispose();
        _packer = null;
        SegmentPacker.RemoveLeftover(_writer.Path);
        if (!keys.Compresses)
            return;
        if (!ZstdFile.IsAvailable)
        {
            _surroundings.Say("compress = zstd needs libzstd.so.1 (package libzstd1): logs stay as they are");
            return;
        }

        _packer = new SegmentPacker(files, _writer.Path, keys.CompressLevel, _writer.ListPlain, _post, _surroundings.Say);
        _packer.Look(_writer.ListPlain());
    }
}
