using System.Text;

namespace Akashi.Control;

/// <summary>Which way the bytes of a transfer go, as this machine sees it.</summary>
public enum TransferDirection
{
    /// <summary>To this machine.</summary>
    In,

    /// <summary>From this machine.</summary>
    Out,

    /// <summary>Either: the client says so later, in the transfer's own protocol.</summary>
    Both,
}

/// <summary>A program that a login without a terminal starts to copy files: by the command that its client asks for.</summary>
/// <remarks>
/// What the clients ask for: <c>scp -t DIR</c> (to us), <c>scp -f FILE</c>, the path of sftp-server or <c>internal-sftp</c>, <c>rsync --server …</c> (to us) and with
/// <c>--sender</c>, <c>git-receive-pack</c> (a push), <c>git-upload-pack</c>, <c>git-upload-archive</c>, each also as <c>git receive-pack</c>.
/// A person may write any of it otherwise (<c>cat &gt;file</c>): this names what is usual, it doesn't find all copies.
/// </remarks>
/// <param name="Program">scp, sftp, rsync, git.</param>
/// <param name="Direction">Which way.</param>
public readonly record struct TransferNotice(string Program, TransferDirection Direction)
{
    /// <summary>The message by which a login announces one: this, then the command.</summary>
    public const string Begins = "akashi-transfer 1 ";

    /// <summary>The message by which it says how it ended: this, then the exit status.</summary>
    public const string Ends = "exit ";

    /// <summary>Bytes of a message, at most; a longer command is cut.</summary>
    public const int LengthMax = 4096;

    /// <summary>Recognises one.</summary>
    /// <param name="command">What the client asks for; any bytes.</param>
    /// <param name="notice">What it is.</param>
    /// <returns>False where it's none of those.</returns>
    public static bool TryRecognise(ReadOnlySpan<byte> command, out TransferNotice notice)
    {
        notice = default;
        string[] words = Encoding.Latin1.GetString(command).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
            return false;
        string program = words[0][(words[0].LastIndexOf('/') + 1)..];
        if (program == "git" && words.Length > 1)
            program = "git-" + words[1];
        TransferDirection? direction = program switch
        {
            "scp" => FindScpDirection(words),
            "sftp-server" or "internal-sftp" => TransferDirection.Both,
            "rsync" when words.Length > 1 && words[1] == "--server" => words.Contains("--sender") ? TransferDirection.Out : TransferDirection.In,
            "git-receive-pack" => TransferDirection.In,
            "git-upload-pack" or "git-upload-archive" => TransferDirection.Out,
            _ => null,
        };
        if (direction is not { } found)
            return false;
        notice = new TransferNotice(program switch
        {
            "sftp-server" or "internal-sftp" => "sftp",
            _ => program.StartsWith("git-", StringComparison.Ordinal) ? "git" : program,
        }, found);
        return true;
    }

    /// <summary>The message that announces a command.</summary>
    public static byte[] Announce(ReadOnlySpan<byte> command)
    {
        byte[] message = [.. Encoding.ASCII.GetBytes(Begins), .. command];
        return message.Length <= LengthMax ? message : message[..LengthMax];
    }

    // Options of scp's own, before -t or -f: -v, -r, -p, -d.
    static TransferDirection? FindScpDirection(string[] words)
    {
        foreach (string word in words.Skip(1).TakeWhile(word => word.StartsWith('-') && word != "--"))
        {
            if (word.Contains('t', StringComparison.Ordinal))
                return TransferDirection.In;
            if (word.Contains('f', StringComparison.Ordinal))
                return TransferDirection.Out;
        }

        return null;
    }
}
