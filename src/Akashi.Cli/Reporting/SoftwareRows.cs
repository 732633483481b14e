using Akashi.Cli.Searching;
using Akashi.Host;
using Akashi.Reports;
using Akashi.Reports.Software;

namespace Akashi.Cli.Reporting;

/// <summary><c>akashi report software</c>.</summary>
static class SoftwareRows
{
    public static ReportKind Kind { get; } = new(
        "software",
        "what was installed, removed and upgraded: who, by which manager, what came of it and how that is known",
        "A row for every run of a package manager (apt, dpkg, dnf, rpm, zypper, pip, npm, gem, cargo, snap, flatpak, apk, pacman).\n"
            + "What came of it is known from the trail (SOFTWARE_UPDATE, exit_group), else from the managers' own histories below --root:\n"
            + "apt/history.log, dpkg.log, dnf's history.sqlite and dnf.rpm.log, pip's dist-info directories. Without any of them it was attempted.",
        [ReportRequest.Value("--root", "PATH", "Histories", "the managers' histories below this directory; default / where --trail isn't given", (request, text) => request.Root = text)],
        "akashi setup software has the kernel record starts of package managers",
        Write);

    static long Write(ReportRun run)
    {
        IHost host = run.Invocation.Host;
        var runs = new SoftwareRuns(host.Accounts)
        {
            Person = run.Request.User is { } user ? new PersonFilter(user, host.Accounts) : null,
        };
        run.Input.ReadAll(runs.Add);

        // A trail that was named may be of another machine: this one's histories say nothing of it.
        string? root = run.Request.Root ?? (run.Request.TrailPath is null ? "/" : null);
        IReadOnlyList<IPackageHistory> histories = root is null ? [] : PackageHistories.Read(
            root, host.LocalTime, text => run.Error.Write($"akashi report: {text}\n"));
        SoftwareRun[] found =
        [
            .. runs.Runs.Where(found => found.StartUnixMilliseconds >= run.Period.SinceUnixMilliseconds
                && found.StartUnixMilliseconds <= run.Period.UntilUnixMilliseconds),
        ];
        new SoftwareReport(host.LocalTime, histories, run.Request.Format, run.Invocation.OutputIsTerminal ? Terminal.Columns : 0).Write(found, run.Output);
        return found.Length;
    }
}
