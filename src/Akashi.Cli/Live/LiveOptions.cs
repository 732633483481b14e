using System.Globalization;
using Akashi.Cli.CommandLine;
using static Akashi.Cli.CommandLine.Assignment;

namespace Akashi.Cli.Live;

/// <summary>What was typed after <c>akashi live</c>.</summary>
sealed class LiveOptions : ShowingOptions
{
    const string What = "What is shown";
    const string How = "How";

    /// <summary>The options.</summary>
    public static OptionTable<LiveOptions> Table { get; } = new(
        [
            new(null, "--trail", "PATH", What, "follow this log, or the audit.log of this directory",
                (typed, words) => words.TryTakeAny(out string path) ? Set(() => typed.TrailPath = path) : "--trail needs a path")
            {
                LongHelp = "By default it's the trail that auditd.conf names, else /var/log/audit.",
            },
            new(null, "--input", "PATH", What, "the same as --trail",
                (typed, words) => words.TryTakeAny(out string path) ? Set(() => typed.TrailPath = path) : "--input needs a path"),
            new(null, "--since", "TIME", What, "show what the trail has from then on: 10m, '3 days ago', 10:30, 2026-11-20, 2026-11-20T10:30:05Z, yesterday, start …",
                (typed, words) => words.TryTakeAny(out string time) ? Set(() => typed.Since = time) : "--since needs a time")
            {
                LongHelp = "Without it, only what happens from now on.",
                Values = OptionValues.Of("10m 1h 1d today yesterday start"),
            },
            new(null, "--kernel", null, What, "listen to the kernel's multicast group instead of a trail",
                (typed, _) => Set(() => typed.FromKernel = true))
            {
                LongHelp = "Needs the right to read it (CAP_AUDIT_READ), which root has; works beside any other daemon.",
            },
            new(null, "--sample", null, What, "show the sample trail that comes with the program",
                (typed, _) => Set(() => typed.ShowsSample = true)),
            new(null, "--raw", null, How, "print the records as they are instead of a line an event",
                (typed, _) => Set(() => typed.IsRaw = true))
            {
                LongHelp = "For other tools.",
            },
            new(null, "--color", "WHEN", How, "auto (default), always or never; NO_COLOR counts where it is auto",
                (typed, words) => typed.TakeColor(words))
            {
                LongHelp = "Colours tell people, programs and failures apart.",
                Values = OptionValues.Of("auto always never"),
            },
            new(null, "--seconds", "N", How, "end after so many seconds",
                (typed, words) => typed.TakeSeconds(words))
            {
                LongHelp = "From 1 to 86400000.",
            },
            new("-h", "--help", null, "About", "print this", (typed, _) => Set(() => typed.WantsHelp = true)),
        ],
        OptionStyle.Getopt);

    public string? TrailPath { get; private set; }

    public string? Since { get; private set; }

    public bool FromKernel { get; private set; }

    public bool ShowsSample { get; private set; }

    public bool IsRaw { get; private set; }
}
