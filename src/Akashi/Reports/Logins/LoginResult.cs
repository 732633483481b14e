using Akashi.Events;

namespace Akashi.Reports.Logins;

/// <summary>What a USER_LOGIN says.</summary>
/// <remarks>sshd names the user by <c>id=</c> once it is known and by <c>acct=</c> before, gdm by a second <c>uid=</c>.</remarks>
ref struct LoginResult
{
    /// <summary>Whether the event says how the login went.</summary>
    public bool IsSaid { get; private set; }

    /// <summary>Whether it went well.</summary>
    public bool IsSuccess { get; private set; }

    public uint Pid { get; private set; }

    public uint Session { get; private set; }

    public uint User { get; private set; }

    /// <summary>The host's name, or its address where that is <c>?</c>; raw.</summary>
    public ReadOnlySpan<byte> Host { get; private set; }

    /// <summary>Raw, as the program says it.</summary>
    public ReadOnlySpan<byte> Terminal { get; private set; }

    public static LoginResult Read(AuditEvent auditEvent)
    {
        var walk = new FieldWalk(auditEvent);
        var login = new LoginResult
        {
            Pid = LoginSessions.ReadNext(ref walk, "pid"u8),
            Session = LoginSessions.ReadNext(ref walk, "ses"u8),
            User = LoginSessions.ReadNext(ref walk, "id"u8),
        };
        if (login.User == uint.MaxValue)
        {
            walk.Rewind();
            walk.TryFind("uid"u8, out _);
            login.User = LoginSessions.ReadNext(ref walk, "uid"u8);
            if (login.User == uint.MaxValue)
                walk.Rewind();
        }

        walk.TryFind("hostname"u8, out ReadOnlySpan<byte> host);
        if (host.SequenceEqual("?"u8))
            walk.TryFind("addr"u8, out host);
        login.Host = host;
        login.Terminal = walk.TryFind("terminal"u8, out ReadOnlySpan<byte> terminal) ? terminal : "?"u8;
        login.IsSaid = walk.TryFind("res"u8, out ReadOnlySpan<byte> result);
        login.IsSuccess = login.IsSaid && LoginOutcome.IsSuccess(auditEvent[0], result);
        return login;
    }
}
