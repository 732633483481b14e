using System.Text;
using Akashi.Tables;

namespace Akashi.Setup;

/// <summary>A package manager's program that was found.</summary>
/// <param name="Names">The paths that lead to it: <c>/usr/bin/dnf</c>, <c>/usr/bin/yum</c>.</param>
/// <param name="Program">The file itself, links resolved: a rule on a link never fires.</param>
public sealed record FoundManager(IReadOnlyList<string> Names, string Program);

/// <summary>Rules that record what installs and removes software on this machine.</summary>
/// <remarks>
/// The programs for starting them; and where packages are put and written down for writing, since <c>python3 -m pip</c>, libraries and graphical tools pass by the
/// programs. Nobody is left out, processes without a login neither: unattended upgrades change software too.
/// </remarks>
public static class SoftwareRules
{
    /// <summary>Where they go: before the rules of commands, so that a manager's start is found under this key.</summary>
    public const string Path = "/etc/audit/rules.d/44-akashi-software.rules";

    /// <summary>The key.</summary>
    public const string Key = "software";

    /// <summary>The names that programs of package managers have.</summary>
    public static IReadOnlyList<string> ProgramNames { get; } =
    [
        "apt", "apt-get", "aptitude", "dpkg", "dnf", "dnf5", "microdnf", "yum", "rpm", "zypper", "pacman", "apk", "emerge", "xbps-install", "xbps-remove",
        "snap", "flatpak", "nix-env", "nix", "guix", "brew", "pip", "pip3", "pipx", "uv", "poetry", "conda", "mamba", "micromamba", "npm", "npx", "pnpm", "yarn",
        "corepack", "bun", "deno", "gem", "bundle", "bundler", "cargo", "rustup", "go", "cpan", "cpanm", "luarocks", "composer", "pear", "pecl", "cabal", "stack",
        "opam", "dotnet", "mvn", "gradle", "helm",
    ];

    /// <summary>Where programs are looked for; a star stands for any name. Those below /home are the people's own.</summary>
    public static IReadOnlyList<string> ProgramDirectories { get; } =
    [
        "/usr/bin", "/usr/sbin", "/bin", "/sbin", "/usr/local/bin", "/usr/local/sbin", "/snap/bin", "/opt/conda/bin", "/usr/local/go/bin", "/usr/local/cargo/bin",
        "/nix/var/nix/profiles/default/bin", "/home/linuxbrew/.linuxbrew/bin", "/root/.cargo/bin", "/root/.local/bin", "/home/*/.cargo/bin", "/home/*/.local/bin",
    ];

    /// <summary>Where packages are written down, and where libraries of languages are put; a star stands for any name.</summary>
    public static IReadOnlyList<string> Places { get; } =
    [
        "/var/lib/dpkg/status", "/var/lib/rpm", "/usr/lib/sysimage/rpm", "/var/lib/pacman/local", "/lib/apk/db", "/var/lib/snapd/snaps", "/var/lib/flatpak/app",
        "/usr/lib/python3*/site-packages", "/usr/lib/python3*/dist-packages", "/usr/lib64/python3*/site-packages",
        "/usr/local/lib/python3*/site-packages", "/usr/local/lib/python3*/dist-packages", "/usr/lib/node_modules", "/usr/local/lib/node_modules",
        "/usr/local/lib64/python3*/site-packages", "/var/lib/gems", "/usr/lib/ruby/gems", "/usr/share/gems", "/usr/local/lib/ruby/gems", "/usr/local/share/gems",
        "/usr/local/share/perl", "/usr/local/share/perl5", "/usr/local/share/lua", "/usr/local/lib/luarocks", "/usr/lib/apk/db", "/opt/conda/pkgs", "/nix/var/nix/profiles",
        "/root/.local/lib", "/root/.cargo/bin", "/home/*/.local/lib", "/home/*/.cargo/bin",
        "/usr/local/bin", "/usr/local/sbin", "/etc/apt", "/etc/yum.repos.d", "/etc/zypp/repos.d",
    ];

    /// <summary>Programs that are many commands in one: a rule on one of them would record them all.</summary>
    public static IReadOnlyList<string> SharedPrograms { get; } = ["busybox", "toybox", "python3", "node", "perl", "ruby", "bash", "sh", "dash"];

    /// <summary>The file.</summary>
    public static string Write(IReadOnlyList<FoundManager> managers, IReadOnlyList<WatchedPath> places, Machine machine)
    {
        var text = new StringBuilder();
        text.Append("## Software that is installed, upgraded and removed: the package managers found on this machine, with links resolved.\n");
        text.Append("## Made by akashi setup software: run it again when a manager was added. akashi setup software --undo takes it away.\n");
        text.Append("## akashi report software shows who installed what, and what came of it.\n");
        text.Append(LoadContinuation.Lines);
        foreach (FoundManager manager in managers)
        {
            text.Append('\n').Append("## ").AppendJoin(", ", manager.Names).Append('\n');
            AddRules(text, new WatchedPath(manager.Program, IsDirectory: false), "x", machine);
        }

        foreach (WatchedPath place in places)
        {
            text.Append('\n').Append("## Written by whatever installs: ").Append(place.Path).Append('\n');
            AddRules(text, place, "wa", machine);
        }

        return text.ToString();
    }

    static void AddRules(StringBuilder text, WatchedPath path, string permissions, Machine machine)
    {
        foreach (string width in RuleWidths.Of(machine))
            text.Append($"-a always,exit -F arch={width} -F {(path.IsDirectory ? "dir" : "path")}={path.Path} -F perm={permissions} -F key={Key}\n");
    }
}
