using System.Text;
using Akashi.Host;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Files;

/// <summary>Opens directories of an image as the image's own machine would name them: its links lead to where they lead inside of it, never out.</summary>
/// <remarks>
/// Name by name with O_NOFOLLOW, each from the one before, so that nobody who changes the image meanwhile leads us out: absolute links begin at
/// the root again, <c>..</c> ends there. It's RESOLVE_IN_ROOT of openat2(2), which kernels before 5.6 and some containers don't have.
/// </remarks>
static unsafe class ImageDirectory
{
    const int LinksMax = 40;
    const int PathBytesMax = 4096;

    /// <summary>Opens one, O_PATH; -1 where it isn't there.</summary>
    /// <param name="root">The image's root directory, on this machine.</param>
    /// <param name="path">The directory's path in the image.</param>
    /// <exception cref="TrailException">Too many links, or the machine refuses.</exception>
    public static int Open(string root, string path)
    {
        var held = new List<int>();
        try
        {
            held.Add(open(root, O_PATH | O_CLOEXEC, 0));
            if (held[0] < 0)
                throw LinuxFiles.Refused("open", root);
            if (!TryWalk(held, path, root))
                return -1;
            int found = held[^1];
            held.RemoveAt(held.Count - 1);
            return found;
        }
        finally
        {
            CloseAbove(held, 0);
        }
    }

    static bool TryWalk(List<int> held, string path, string root)
    {
        var rest = new Stack<string>();
        Push(rest, path);
        for (int links = 0; rest.TryPop(out string? name);)
        {
            if (name == "..")
            {
                CloseAbove(held, Math.Max(held.Count - 1, 1));
                continue;
            }

            int next = openat(held[^1], name, O_PATH | O_NOFOLLOW | O_CLOEXEC, 0);
            if (next < 0)
                return Errno is ENOENT or ENOTDIR ? false : throw LinuxFiles.Refused("open", root + path);
            held.Add(next);
            if (LinkTarget(next) is not { } target)
                continue;
            if (++links > LinksMax)
                throw new TrailException("open", root + path, ELOOP, ErrorText.Of(ELOOP));
            CloseAbove(held, target.StartsWith('/') ? 1 : held.Count - 1);
            Push(rest, target);
        }

        return true;
    }

    static void Push(Stack<string> rest, string path)
    {
        foreach (string name in Enumerable.Reverse(path.Split('/', StringSplitOptions.RemoveEmptyEntries)).Where(name => name != "."))
            rest.Push(name);
    }

    // Of anything but a link readlinkat(2) with an empty path says ENOENT.
    static string? LinkTarget(int descriptor)
    {
        byte* target = stackalloc byte[PathBytesMax];
        nint length = readlinkat(descriptor, "", target, PathBytesMax);
        return length < 0 ? null : Encoding.UTF8.GetString(target, (int)length);
    }

    static void CloseAbove(List<int> held, int count)
    {
        for (; held.Count > count; held.RemoveAt(held.Count - 1))
        {
            if (held[^1] >= 0)
                close(held[^1]);
        }
    }
}
