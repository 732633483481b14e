using Microsoft.Win32.SafeHandles;

namespace Akashi.Host;

/// <summary>The beginning of a file: all of it where it's small.</summary>
public static class FileBeginning
{
    /// <summary>Reads it; whoever wants files of so many bytes at most reads one more.</summary>
    /// <param name="handle">The file.</param>
    /// <param name="bytesMax">How much is read at most, in bytes.</param>
    /// <returns>As much as is there, <paramref name="bytesMax"/> at most.</returns>
    /// <exception cref="IOException">The disk refuses.</exception>
    public static byte[] Read(SafeFileHandle handle, int bytesMax)
    {
        byte[] bytes = new byte[bytesMax];
        int length = 0;
        for (int read; length < bytes.Length && (read = RandomAccess.Read(handle, bytes.AsSpan(length), length)) > 0;)
            length += read;
        return bytes[..length];
    }
}
