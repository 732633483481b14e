using Akashi.Setup;

namespace Akashi.Health;

/// <summary>Whether every kind of login sets the login user.</summary>
static class LoginUserFinding
{
    const string Name = "login-user";

    // The services that begin login sessions; su and sudo must not: they keep the person.
    static readonly string[] s_services = ["sshd", "login", "remote", "gdm-password", "lightdm", "sddm", "crond", "cron", "vsftpd"];

    public static Finding? Of(HealthFacts facts)
    {
        string[] missing = [.. s_services.Where(service => facts.PamFiles.ContainsKey(service) && !SetsLoginUser(facts, service, depth: 0))];
        if (missing.Length > 0)
            return Finding.Problem(Name, $"PAM sets no login user for {string.Join(", ", missing)}: pam_loginuid.so is missing", "what is done in those sessions names nobody, and rules by auid pass it by", $"add to /etc/pam.d/{missing[0]}: session required pam_loginuid.so");
        return facts.PamFiles.Keys.Any(s_services.Contains) ? Finding.Fine(Name, "PAM sets the login user at every kind of login") : null;
    }

    static bool SetsLoginUser(HealthFacts facts, string file, int depth)
    {
        const int DepthMax = 8;
        if (depth > DepthMax || !facts.PamFiles.TryGetValue(file, out string? text))
            return false;
        foreach (string line in text.Split('\n'))
        {
            if (!PamLine.TryParse(line, out PamLine found))
                continue;
            if (found.Type == "session" && found.IsModule("pam_loginuid.so"))
                return true;
            if (found.Included is { } included && SetsLoginUser(facts, System.IO.Path.GetFileName(included), depth + 1))
                return true;
        }

        return false;
    }
}
