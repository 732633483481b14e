using System.Text;
using Akashi.Configuration;
using Akashi.Host;
using Akashi.Linux.Processes;

namespace Akashi.Cli.Recorder;

/// <summary>What a login's real shell is, and what it's started with; byte for byte, as names of files are in any encoding.</summary>
/// <param name="Shell">Its file.</param>
/// <param name="Words">Its arguments, beginning with its name.</param>
/// <param name="Command">What the client asks for; null where it's a login to work in.</param>
sealed record LoginWords(string Shell, IReadOnlyList<byte[]> Words, byte[]? Command)
{
    /// <summary>By sshd's ForceCommand: the command that the client asked for is in the environment.</summary>
    public const string ForcedOption = "--forced-command";

    /// <summary>From /etc/profile.d, by exec of a login shell that has begun.</summary>
    public const string ProfileOption = "--profile";

    const string OriginalCommand = "SSH_ORIGINAL_COMMAND";

    // What sshd runs inside itself where no command is forced; a shell knows no program of that name.
    const string InternalSftp = "internal-sftp";

    static readonly string[] s_sftpServers =
        ["/usr/lib/openssh/sftp-server", "/usr/libexec/openssh/sftp-server", "/usr/lib/ssh/sftp-server", "/usr/libexec/sftp-server", "/usr/lib/misc/sftp-server"];

    /// <summary>Reads how we were called.</summary>
    /// <param name="host">The machine.</param>
    /// <param name="settings">What holds where no file names a shell.</param>
    /// <param name="count">How many arguments there are; what stands before them (<c>akashi login-shell</c>) is our name.</param>
    public static LoginWords Read(IHost host, RecorderConfiguration settings, int count)
    {
        IReadOnlyList<byte[]> called = LoginShell.Arguments();
        byte[][] all = [.. called.Skip(called.Count - count - 1)];
        bool isForced = all.Length == 2 && all[1].AsSpan().SequenceEqual(Encoding.ASCII.GetBytes(ForcedOption));
        if (!isForced && (all.Length != 2 || !all[1].AsSpan().SequenceEqual(Encoding.ASCII.GetBytes(ProfileOption))))
        {
            string own = FindOwnShell(host.Process.Uid) ?? settings.Shell;
            bool isLogin = all[0] is [(byte)'-', ..];
            return new LoginWords(own, [NameOf(own, isLogin), .. all.Skip(1)], all.Length == 3 && all[1] is [(byte)'-', (byte)'c'] ? all[2] : null);
        }

        string shell = LoginShell.FindAccountShell(host.Process.Uid) ?? settings.Shell;
        byte[]? command = isForced ? LoginShell.Variable(OriginalCommand) : null;
        if (isForced)
            LoginShell.DropVariable(OriginalCommand);
        return command is null
            ? new LoginWords(shell, [NameOf(shell, isLogin: true)], null)
            : new LoginWords(shell, [NameOf(shell, isLogin: false), [(byte)'-', (byte)'c'], WithServer(command)], command);
    }

    static string? FindOwnShell(uint uid)
    {
        try
        {
            return LoginShells.Find(File.ReadAllText(LoginShells.Path), uid);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    static byte[] NameOf(string shell, bool isLogin) => Encoding.UTF8.GetBytes((isLogin ? "-" : "") + Path.GetFileName(shell));

    // internal-sftp [OPTION...] becomes /usr/lib/openssh/sftp-server [OPTION...].
    static byte[] WithServer(byte[] command)
    {
        byte[] word = Encoding.ASCII.GetBytes(InternalSftp);
        bool isInternal = command.AsSpan().StartsWith(word) && (command.Length == word.Length || command[word.Length] == (byte)' ');
        return isInternal && s_sftpServers.FirstOrDefault(File.Exists) is { } server ? [.. Encoding.UTF8.GetBytes(server), .. command.AsSpan(word.Length)] : command;
    }
}
