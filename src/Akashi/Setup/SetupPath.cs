using Akashi.Host;

namespace Akashi.Setup;

/// <summary>Paths of the machine that is set up, which may be an image below a directory of this one.</summary>
public static class SetupPath
{
    /// <summary>Where a path of that machine is on this one.</summary>
    /// <param name="root">Its root directory; <c>/</c> for this machine.</param>
    /// <param name="path">An absolute path.</param>
    /// <exception cref="AuditException">The path would lead out of the root, or is none.</exception>
    public static string Below(string root, string path) => path.StartsWith('/') && !path.Contains('\0') && !path.Split('/').Contains("..")
        ? root.TrimEnd('/') + path
        : throw new AuditException($"cannot use {path}: paths here are absolute and have no '..'");

    /// <summary>Whether a path is absolute and written the shortest way: no empty name, no <c>.</c> and <c>..</c>, no control characters.</summary>
    public static bool IsPlain(string path) => path.Length > 1 && path[0] == '/' && !path.Any(char.IsControl)
        && path.Split('/').Skip(1).All(name => name is not ("" or "." or ".."));

    /// <summary>The directories above a path, outermost first, without <c>/</c>.</summary>
    public static IEnumerable<string> Parents(string path)
    {
        for (int slash = path.IndexOf('/', 1); slash > 0; slash = path.IndexOf('/', slash + 1))
            yield return path[..slash];
    }

    /// <summary>The name beside a file that its next content is written under: no directory that matters reads names like it.</summary>
    public static string Interim(string path)
    {
        int slash = path.LastIndexOf('/');
        return $"{path[..(slash + 1)]}.{path[(slash + 1)..]}.akashi-new";
    }
}
