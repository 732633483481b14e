using Akashi.Host;
using Akashi.Trail;

namespace Akashi.Daemon.Remote;

/// <summary>Finishes a log that a killed receiver had begun to write a group into.</summary>
static class JournalFinish
{
    /// <summary>Appends what isn't there.</summary>
    /// <remarks>
    /// A log that was rotated since is found by its file; one that is gone had the group whole, since a log is rotated behind one. Where somebody else wrote behind the torn group, the
    /// line that was torn comes once more, whole.
    /// </remarks>
    /// <exception cref="TrailException">The log can't be read, or the disk refused: what was appended is taken back.</exception>
    public static void Append(IFiles files, in JournalTarget target, ReadOnlySpan<byte> lines)
    {
        try
        {
            foreach (string path in Candidates(target.Path))
            {
                if (!File.Exists(path))
                    continue;
                using var stream = new FileStream(path, FileMode.Open, FileAccess.Read);
                FileIdentity identity = files.Identify(stream.SafeFileHandle);
                if (identity.Device == target.Position.Device && identity.Inode == target.Position.Inode)
                {
                    Append(path, stream, target.Position.Offset, lines);
                    return;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FileFault.Of("finish", target.Path, exception);
        }
    }

    static IEnumerable<string> Candidates(string path)
    {
        string directory = Path.GetDirectoryName(path)!;
        return Directory.Exists(directory)
            ? [path, .. Directory.EnumerateFiles(directory, Path.GetFileName(path) + ".*").Where(one => AuditTrail.RotationNumber(one, Path.GetFileName(path)) > 0)]
            : [];
    }

    static void Append(string path, FileStream stream, long offset, ReadOnlySpan<byte> lines)
    {
        byte[] there = new byte[lines.Length];
        stream.Position = Math.Min(offset, stream.Length);
        int count = stream.ReadAtLeast(there, there.Length, throwOnEndOfStream: false);
        int matched = lines.CommonPrefixLength(there.AsSpan(0, count));
        if (matched == lines.Length)
            return;

        // Behind a torn line that isn't the last the whole line comes again.
        bool isTorn = offset + matched == stream.Length;
        ReadOnlySpan<byte> missing = isTorn ? lines[matched..] : lines[(lines[..matched].LastIndexOf((byte)'\n') + 1)..];
        long length = stream.Length;
        using var log = new FileStream(path, new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite, BufferSize = 0 });
        try
        {
            log.Write(missing);
        }
        catch (IOException)
        {
            log.SetLength(length);
            throw;
        }
    }
}
