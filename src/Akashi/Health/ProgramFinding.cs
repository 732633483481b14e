using Akashi.Control;

namespace Akashi.Health;

/// <summary>Whether the daemon runs the program that is installed.</summary>
static class ProgramFinding
{
    const string Name = "program";

    public static Finding? Of(HealthFacts facts)
    {
        if (facts.Service is not { } service)
            return null;
        string mend = service.Program == "auditd" ? "akashi restart" : $"end it with Ctrl-C, and {service.Program} again";
        const string Why = "what the newer one mends is not in effect";
        if (service.Build.Length == 0)
            return Finding.Warning(Name, $"{service.Program} runs an akashi older than {facts.Build}, which is installed", Why, mend);
        if (service.Build != facts.Build)
            return Finding.Warning(Name, $"{service.Program} runs akashi {service.Build}, and {facts.Build} is installed", Why, mend);
        return facts.IsProgramReplaced
            ? Finding.Warning(Name, $"{service.Program} runs akashi {service.Build}, but its file was replaced since", Why, mend)
            : Finding.Fine(Name, $"{service.Program} runs akashi {service.Build}, as installed");
    }
}
