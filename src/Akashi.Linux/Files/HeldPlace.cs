using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Files;

/// <summary>A path to work with while it's held: its directory stays the one that was found, whatever becomes of the names that led to it.</summary>
/// <param name="path">The path, by way of the directory's descriptor where there is one.</param>
/// <param name="descriptor">The directory's; -1 for none.</param>
readonly struct HeldPlace(string path, int descriptor) : IDisposable
{
    /// <summary>The path.</summary>
    public string Path => path;

    /// <summary>Lets it go.</summary>
    public void Dispose()
    {
        if (descriptor >= 0)
            close(descriptor);
    }
}
