namespace Akashi.Reports.Software;

/// <summary>The package managers that are known.</summary>
public static class PackageManagers
{
    const string AptValues = "-o --option -c --config-file -t --target-release --default-release -a --host-architecture";
    const string DnfValues = "-c --config -x --exclude --enablerepo --disablerepo --repo --repoid --releasever --installroot --setopt -d -e --advisory";

    /// <summary>One row each.</summary>
    public static IReadOnlyList<PackageManager> Rows { get; } =
    [
        new("apt", "apt apt-get aptitude", "deb")
        {
            Install = "install reinstall build-dep", Remove = "remove purge autoremove autopurge",
            Upgrade = "upgrade full-upgrade dist-upgrade safe-upgrade dselect-upgrade", ValueOptions = AptValues,
            Trials = "-s --simulate --just-print --dry-run --recon --no-act -d --download-only --print-uris",
        },
        new("dpkg", "dpkg", "deb")
        {
            Install = "-i --install --unpack --configure", Remove = "-r --remove -P --purge", HasOptionVerbs = true,
            ValueOptions = "--status-fd -D", Trials = "--no-act --dry-run --simulate",
        },
        new("dnf", "dnf dnf-3 dnf5 microdnf yum tdnf", "rpm")
        {
            Install = "install reinstall localinstall groupinstall swap", Remove = "remove erase autoremove groupremove",
            Upgrade = "upgrade update upgrade-minimal update-minimal distro-sync downgrade groupupdate system-upgrade", ValueOptions = DnfValues,
            Trials = "--assumeno --downloadonly",
        },
        new("rpm", "rpm", "rpm")
        {
            Install = "-i --install --reinstall", Remove = "-e --erase", Upgrade = "-U --upgrade -F --freshen", HasOptionVerbs = true,
            ValueOptions = "--root --dbpath --prefix --relocate --excludepath --define -D --eval -E --rcfile", Trials = "--test",
            AskingLetters = "qVK",
        },
        new("zypper", "zypper", "rpm")
        {
            Install = "install in", Remove = "remove rm", Upgrade = "update up dist-upgrade dup patch",
            ValueOptions = "-R --root -r --repo --from -t --type", Trials = "-D --dry-run -d --download-only",
        },
        new("pip", "pip pip2* pip3* __pip-runner__.py", "pip")
        {
            Install = "install", Remove = "uninstall", UpgradeOptions = "-U --upgrade", Trials = "--dry-run",
            ValueOptions = "-r --requirement -c --constraint -t --target --prefix --root --src -i --index-url --extra-index-url -f --find-links "
                + "--log --proxy --retries --timeout --cert --client-cert --cache-dir --python --platform --python-version --implementation --abi "
                + "--trusted-host --exists-action --config-settings -C --global-option --install-option --no-binary --only-binary --progress-bar "
                + "--report --use-feature --use-deprecated --upgrade-strategy --root-user-action",
        },
        new("npm", "npm npm-cli.js pnpm pnpm.cjs yarn yarn.js yarnpkg", "npm")
        {
            Install = "install i in add ci clean-install", Remove = "uninstall remove rm r un unlink", Upgrade = "update up upgrade",
            ValueOptions = "--prefix -C --registry --cache --loglevel -w --workspace --userconfig --globalconfig --tag --dir --cwd", Trials = "--dry-run",
        },
        new("gem", "gem gem2* gem3*", "gem")
        {
            Install = "install", Remove = "uninstall", Upgrade = "update", ValueOptions = "-v --version -i --install-dir -n --bindir -s --source -P --trust-policy",
        },
        new("cargo", "cargo", "cargo")
        {
            Install = "install", Remove = "uninstall", ValueOptions = "--version --vers --git --branch --tag --rev --path --root --features -F --target --profile -j --jobs",
        },
        new("snap", "snap", "snap") { Install = "install", Remove = "remove", Upgrade = "refresh", ValueOptions = "--channel --revision --cohort" },
        new("flatpak", "flatpak", "flatpak") { Install = "install", Remove = "uninstall remove", Upgrade = "update", ValueOptions = "--arch --installation" },
        new("apk", "apk", "apk") { Install = "add", Remove = "del", Upgrade = "upgrade fix", ValueOptions = "-p --root -X --repository -t --virtual", Trials = "-s --simulate" },
        new("pacman", "pacman", "pacman")
        {
            Install = "-S --sync -U --upgrade", Remove = "-R --remove", HasOptionVerbs = true, AskingLetters = "QTFVsilgpw",
            ValueOptions = "--config --root -r --dbpath -b --cachedir --ignore",
        },
    ];
}
