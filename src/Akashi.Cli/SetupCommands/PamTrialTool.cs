using Akashi.Host;
using Akashi.Linux.Pam;
using Akashi.Output;

namespace Akashi.Cli.SetupCommands;

/// <summary><c>akashi setup-pam-trial SERVICE USER</c>: what <see cref="PamTrial"/> runs in a private copy of /etc.</summary>
static class PamTrialTool
{
    /// <summary>The row for the registry.</summary>
    public static Tool Tool { get; } = new("setup-pam-trial", "open and close a session by PAM", Run) { IsInternal = true };

    static int Run(Invocation invocation)
    {
        if (invocation.Arguments is not [var service, var user])
            return 2;
        if (PamSession.Try(service, user, "/dev/console") is not { } reason)
            return 0;
        using var error = new Utf8Output(invocation.Error);
        error.Write($"akashi setup: a session of {service} for {user} can't be opened: {reason}\n");
        return 1;
    }
}
