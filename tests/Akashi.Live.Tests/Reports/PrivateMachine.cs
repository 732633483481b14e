using System.IO.Compression;
using Akashi.Testing;

namespace Akashi.Live.Tests.Reports;

/// <summary>A root, packages and prefixes for package managers to work on, so that the machine's own packages stay as they are.</summary>
static class PrivateMachine
{
    /// <summary>Makes it below a folder: <c>root</c>, two .deb files, a wheel, an npm package.</summary>
    public static void Make(TemporaryFolder folder)
    {
        foreach (string directory in (string[])
            ["var/lib/dpkg/info", "var/lib/dpkg/updates", "var/log/apt", "var/lib/apt/lists/partial", "var/cache/apt/archives/partial", "etc/apt"])
            Directory.CreateDirectory(folder["root/" + directory]);
        File.WriteAllText(folder["root/var/lib/dpkg/status"], "");
        File.WriteAllText(folder["root/var/lib/dpkg/available"], "");
        File.WriteAllText(folder["root/etc/apt/sources.list"], "");
        WriteDebianSource(folder, "akashi-probe", "1.2-3");
        WriteDebianSource(folder, "akashi-clash", "2.0");
        WriteWheel(folder["akashi_probe-1.2-py3-none-any.whl"]);
        Directory.CreateDirectory(folder["node"]);
        File.WriteAllText(folder["node/package.json"], """{"name":"akashi-probe","version":"1.0.0"}""");
        Directory.CreateDirectory(folder["prefix"]);
    }

    /// <summary>apt's options that keep it below the root.</summary>
    public static string AptOptions(TemporaryFolder folder)
    {
        string root = folder["root"];
        return $"-o Dir::State={root}/var/lib/apt -o Dir::State::status={root}/var/lib/dpkg/status -o Dir::Cache={root}/var/cache/apt "
            + $"-o Dir::Log={root}/var/log/apt -o Dir::Etc={root}/etc/apt -o Dpkg::Options::=--root={root} "
            + $"-o Dpkg::Options::=--log={root}/var/log/dpkg.log -o APT::Sandbox::User=root";
    }

    // Both packages have the same file: the second can't be unpacked over the first.
    static void WriteDebianSource(TemporaryFolder folder, string name, string version)
    {
        Directory.CreateDirectory(folder[name + "/DEBIAN"]);
        Directory.CreateDirectory(folder[name + "/usr/share/akashi-probe"]);
        File.WriteAllText(folder[name + "/usr/share/akashi-probe/file"], "x");
        File.WriteAllText(
            folder[name + "/DEBIAN/control"],
            $"Package: {name}\nVersion: {version}\nArchitecture: all\nMaintainer: a <a@example.com>\nDescription: probe\n");
    }

    static void WriteWheel(string path)
    {
        using ZipArchive wheel = ZipFile.Open(path, ZipArchiveMode.Create);
        const string Info = "akashi_probe-1.2.dist-info/";
        Write(wheel, "akashi_probe.py", "");
        Write(wheel, Info + "METADATA", "Metadata-Version: 2.1\nName: akashi-probe\nVersion: 1.2\n");
        Write(wheel, Info + "WHEEL", "Wheel-Version: 1.0\nGenerator: akashi\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
        Write(wheel, Info + "RECORD", $"akashi_probe.py,,\n{Info}METADATA,,\n{Info}WHEEL,,\n{Info}RECORD,,\n");
    }

    static void Write(ZipArchive archive, string name, string text)
    {
        using var writer = new StreamWriter(archive.CreateEntry(name).Open());
        writer.Write(text);
    }
}
