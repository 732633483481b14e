using System.Globalization;
using System.IO.Compression;
using Akashi.Host;
using Akashi.Reports.Software;

namespace Akashi.Cli.Reporting;

/// <summary>Reads the histories of the package managers below a directory.</summary>
/// <remarks>What isn't there, or may not be read, is passed over: then nothing says what came of a run.</remarks>
static class PackageHistories
{
    static readonly string[] s_sitePatterns = ["site-packages", "dist-packages"];

    /// <summary>Every history below a root, in the order in which they are asked.</summary>
    /// <param name="root">Such as <c>/</c>.</param>
    /// <param name="localTime">The time zone they are written in.</param>
    /// <param name="say">Takes what is there and can't be read: a line without its end.</param>
    public static IReadOnlyList<IPackageHistory> Read(string root, ILocalTime localTime, Action<string> say)
    {
        string log = Path.Combine(root, "var/log");
        string aptPath = Path.Combine(log, "apt/history.log"), dpkgPath = Path.Combine(log, "dpkg.log"), dnfPath = Path.Combine(log, "dnf.rpm.log");
        var apt = new AptHistory(aptPath, localTime);
        var dpkg = new DpkgLog(dpkgPath, localTime);
        var dnf = new DnfLog(dnfPath);
        ReadLines(aptPath, apt.Add, fileEnd: "");
        ReadLines(dpkgPath, dpkg.Add, fileEnd: null);
        ReadLines(dnfPath, dnf.Add, fileEnd: null);
        DnfHistory dnfHistory = DnfDatabase.Read(Path.Combine(root, DnfDatabase.Place), say);
        return [apt, dpkg, dnfHistory, dnf, new PipInstallations(run => FindInstalled(run, root))];
    }

    // history.log, and before it history.log.1.gz and so on, oldest first.
    static void ReadLines(string path, Action<string> add, string? fileEnd)
    {
        string directory = Path.GetDirectoryName(path)!, name = Path.GetFileName(path);
        if (!Directory.Exists(directory))
            return;
        IEnumerable<string> rotated = Directory.EnumerateFiles(directory, name + ".*")
            .Select(file => (Path: file, Number: RotationNumber(file, name)))
            .Where(file => file.Number > 0)
            .OrderByDescending(file => file.Number)
            .Select(file => file.Path);
        foreach (string file in rotated.Append(path).Where(File.Exists))
        {
            try
            {
                foreach (string line in Lines(file))
                    add(line);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                // As if it weren't there.
            }

            if (fileEnd is not null)
                add(fileEnd);
        }
    }

    static int RotationNumber(string file, string name)
    {
        string rest = Path.GetFileName(file)[name.Length..].TrimStart('.');
        return int.TryParse(rest.Replace(".gz", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
    }

    static IEnumerable<string> Lines(string file)
    {
        using Stream stream = File.OpenRead(file);
        using Stream text = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
        using var reader = new StreamReader(text);
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    static IEnumerable<DistInfo> FindInstalled(SoftwareRun run, string root)
    {
        foreach (string place in FindPlaces(run, root).Distinct())
        {
            foreach (string directory in Children(place, "*.dist-info"))
            {
                string name = Path.GetFileNameWithoutExtension(directory);
                int dash = name.LastIndexOf('-');
                if (dash > 0)
                    yield return new DistInfo(new PackageName(name[..dash], name[(dash + 1)..]), LastChange(directory), place);
            }
        }
    }

    // Where the run was told to put packages; else its virtual environment, the machine's and the users' places.
    static IEnumerable<string> FindPlaces(SoftwareRun run, string root)
    {
        string? target = ValueOf(run, "-t", "--target"), prefix = ValueOf(run, "--prefix", "--prefix"), into = ValueOf(run, "--root", "--root");
        if (target is not null)
            return [target];
        if (prefix is not null)
            return SitePackages(into is null ? prefix : into + prefix).Concat(SitePackages(Path.Combine(prefix, "local")));
        string usr = Path.Combine(into ?? root, "usr");
        var prefixes = new List<string> { Path.Combine(usr, "local"), usr };
        string? environment = Path.GetDirectoryName(Path.GetDirectoryName(run.Arguments.FirstOrDefault(word => word.StartsWith('/')) ?? ""));
        if (environment is not null && File.Exists(Path.Combine(environment, "pyvenv.cfg")))
            prefixes = [environment];
        prefixes.Add(Path.Combine(root, "root/.local"));
        prefixes.AddRange(Children(Path.Combine(root, "home"), "*").Select(home => Path.Combine(home, ".local")));
        return prefixes.SelectMany(SitePackages);
    }

    static IEnumerable<string> SitePackages(string prefix) =>
        new[] { "lib", "lib64" }
            .SelectMany(library => Children(Path.Combine(prefix, library), "python3*"))
            .SelectMany(python => s_sitePatterns.Select(site => Path.Combine(python, site)));

    static string? ValueOf(SoftwareRun run, string shortName, string longName)
    {
        for (int index = 0; index < run.Arguments.Count; index++)
        {
            string word = run.Arguments[index];
            string? value = word.StartsWith(longName + "=", StringComparison.Ordinal) ? word[(longName.Length + 1)..]
                : (word == shortName || word == longName) && index + 1 < run.Arguments.Count ? run.Arguments[index + 1]
                : null;
            if (value is not null)
                return Path.Combine(run.Directory.Length > 0 ? run.Directory : "/", value);
        }

        return null;
    }

    static long LastChange(string directory) => new DateTimeOffset(Directory.GetLastWriteTimeUtc(directory)).ToUnixTimeSeconds();

    static string[] Children(string directory, string pattern)
    {
        try
        {
            return Directory.Exists(directory) ? Directory.GetDirectories(directory, pattern) : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
