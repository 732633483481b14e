using Akashi.Setup;

namespace Akashi.Health;

/// <summary>Whether keystrokes are recorded twice.</summary>
static class ScriptFinding
{
    const string Name = "script";

    public static Finding? Of(HealthFacts facts)
    {
        bool hasTty = facts.PamFiles.Values.Any(text => text.Split('\n').Any(line => PamLine.TryParse(line, out PamLine found) && found.IsModule(PamTtyAudit.Module) && found.Arguments.Contains("enable=", StringComparison.Ordinal)));
        if (!hasTty || facts.ScriptStarters.Count == 0)
            return null;
        return Finding.Warning(Name, $"{facts.ScriptStarters[0]} starts script(1) in sessions whose keystrokes pam_tty_audit records", "the terminal that script opens inherits the recording: every keystroke is in the trail twice, with what script's own terminal echoes", $"take one of the two away: script out of {facts.ScriptStarters[0]}, or akashi setup commands --undo");
    }
}
