using Akashi.Cli.CommandLine;

namespace Akashi.Cli.Auvirt;

/// <summary>The manual of auvirt.</summary>
static class AuvirtManual
{
    public static Manual Make() => new()
    {
        Usage = ["[OPTION...]"],
        Description = """
            `auvirt` lists what the trail tells of virtual machines: when each was started and stopped and by whom, what resources it was given, what it was
            denied. The records are those that libvirt writes (VIRT_CONTROL, VIRT_RESOURCE, VIRT_MACHINE_ID).
            """,
        Options = AuvirtRequest.Table.Descriptions,
        ExitStatus = [("0", "The list was printed."), ("1", "An option is wrong, or a log can't be read.")],
        Files = [("/var/log/audit/audit.log", "The trail.")],
        Examples =
        [
            ("auvirt --all-events --vm database -ts this-week", "Everything about one guest this week."),
            ("auvirt --summary", "Counts alone."),
        ],
        SeeAlso = ["ausearch(8)", "aureport(8)"],
    };
}
