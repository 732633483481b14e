namespace Akashi.Records;

/// <summary>Who sends a user-space record, and from where: what stands after <c>exe=</c>, <c>hostname=</c>, <c>addr=</c> and <c>terminal=</c>.</summary>
/// <remarks>Each as it's to be written, encoded where it must be; empty where it isn't known.</remarks>
public readonly ref struct UserRecordSource
{
    /// <summary>The program: <c>"/usr/bin/sudo"</c> with its quotes, or hexadecimal digits.</summary>
    public ReadOnlySpan<byte> Executable { get; init; }

    /// <summary>The host that the person comes from.</summary>
    public ReadOnlySpan<byte> HostName { get; init; }

    /// <summary>Its address.</summary>
    public ReadOnlySpan<byte> Address { get; init; }

    /// <summary>The terminal, without <c>/dev/</c>.</summary>
    public ReadOnlySpan<byte> Terminal { get; init; }
}

/// <summary>What stands of one side of a change of roles: <c>new-seuser= new-role= new-range=</c>; empty where it isn't known.</summary>
public readonly ref struct UserRecordRole
{
    /// <summary>The SELinux user.</summary>
    public ReadOnlySpan<byte> SelinuxUser { get; init; }

    /// <summary>Its roles.</summary>
    public ReadOnlySpan<byte> Role { get; init; }

    /// <summary>The range of levels.</summary>
    public ReadOnlySpan<byte> Range { get; init; }
}
