using Akashi.Setup;

namespace Akashi.Health;

/// <summary>Whether passwords are recorded in clear.</summary>
static class PasswordsFinding
{
    const string Name = "passwords";

    public static Finding? Of(HealthFacts facts)
    {
        foreach ((string file, string text) in facts.PamFiles.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            foreach (string line in text.Split('\n'))
            {
                if (PamLine.TryParse(line, out PamLine found) && found.IsModule(PamTtyAudit.Module) && found.Arguments.Split(' ').Contains("log_passwd"))
                    return Finding.Problem(Name, $"pam_tty_audit.so log_passwd in /etc/pam.d/{file}: passwords are recorded in clear", "whoever reads the trail has the passwords typed for sudo, ssh and databases", $"take log_passwd out of /etc/pam.d/{file}");
            }
        }

        return null;
    }
}
