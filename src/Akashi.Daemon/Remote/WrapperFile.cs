using Akashi.Remote;

namespace Akashi.Daemon.Remote;

/// <summary>One of tcp_wrappers' files as it is now: read again where it's another than before.</summary>
/// <param name="path">The file; none is one without rules.</param>
/// <param name="isDenying">Whether it's hosts.deny.</param>
/// <param name="clock">The clock.</param>
sealed class WrapperFile(string path, bool isDenying, TimeProvider clock)
{
    // A file system's clock is coarse: what was written just now may be written again at the same time.
    static readonly TimeSpan s_settled = TimeSpan.FromSeconds(2);

    static readonly TcpWrapperRules s_none = TcpWrapperRules.Read("", isDenying: false);

    (DateTime Written, long Length) _read;
    bool _isRead;

    /// <summary>What stands in it; null where it can't be read.</summary>
    public TcpWrapperRules? Rules { get; private set; } = s_none;

    /// <summary>The place of the first rule that may keep somebody out, or of a file that can't be read; null for none.</summary>
    public string? DenyingPlace => Rules is null ? path : Rules.DenyingLine > 0 ? $"{path}:{Rules.DenyingLine}" : null;

    /// <summary>The place and words of what isn't gone by; null for none.</summary>
    public string? Unserved => Rules is null ? $"{path} can't be read" : Rules.UnservedLine > 0 ? $"{path}:{Rules.UnservedLine} has {Rules.Unserved}, which auditd doesn't go by" : null;

    /// <summary>Looks at it.</summary>
    public void Look()
    {
        try
        {
            var file = new FileInfo(path);
            (DateTime Written, long Length) now = file.Exists ? (file.LastWriteTimeUtc, file.Length) : (DateTime.UnixEpoch, 0);
            if (_isRead && now == _read)
                return;
            Rules = file.Exists ? TcpWrapperRules.Read(File.ReadAllText(path), isDenying) : s_none;
            (_isRead, _read) = (clock.GetUtcNow() - now.Written > s_settled, now);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            (_isRead, Rules) = (false, null);
        }
    }
}
