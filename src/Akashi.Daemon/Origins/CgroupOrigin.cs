namespace Akashi.Daemon.Origins;

/// <summary>Which unit of systemd and which container a process belongs to, as its control groups say.</summary>
/// <remarks>
/// Text of /proc/PID/cgroup, cgroups(7): lines <c>HIERARCHY:CONTROLLERS:PATH</c>. Asked is the path of hierarchy 0, or of <c>name=systemd</c> where that is the root.
/// <code>
/// unit        the first part behind the slices that ends in .service or .scope: /user.slice/user-0.slice/session-3.scope
/// container   docker-ID.scope, libpod-ID.scope, cri-containerd-ID.scope, nerdctl-ID.scope, crio-ID.scope     ID: 64 hexadecimal digits
///             /docker/ID, /libpod_parent/libpod-ID, /kubepods/.../ID; /lxc/NAME, /lxc.payload.NAME, /lxc.payload/NAME
/// </code>
/// Units are named by systemd (path rules as of systemd's sd_pid_get_unit). Below <c>user@UID.service</c> groups are that user's own: a container there is the user's word, and the unit says so.
/// </remarks>
public static class CgroupOrigin
{
    const int ContainerIdBytes = 64;

    /// <summary>Finds the unit.</summary>
    /// <param name="path">As <see cref="PathOf"/> gave it.</param>
    /// <returns>Empty for none, and where the unit is nothing but the container's.</returns>
    public static ReadOnlySpan<byte> UnitOf(ReadOnlySpan<byte> path)
    {
        foreach (Range range in path.Split((byte)'/'))
        {
            ReadOnlySpan<byte> part = path[range];
            if (part.IsEmpty || part.EndsWith(".slice"u8))
                continue;
            bool isUnit = part.EndsWith(".service"u8) || part.EndsWith(".scope"u8);
            return isUnit && IdOf(part, out _).IsEmpty ? part : default;
        }

        return default;
    }

    /// <summary>Finds the innermost container.</summary>
    /// <param name="path">As <see cref="PathOf"/> gave it.</param>
    /// <param name="engine">What made it, <c>docker</c>; empty for none.</param>
    /// <returns>Its id or name; empty for none.</returns>
    public static ReadOnlySpan<byte> ContainerOf(ReadOnlySpan<byte> path, out ReadOnlySpan<byte> engine)
    {
        engine = default;
        ReadOnlySpan<byte> found = default, before = default;
        bool isOfPods = false;
        foreach (Range range in path.Split((byte)'/'))
        {
            ReadOnlySpan<byte> part = path[range];
            ReadOnlySpan<byte> id = IdOf(part, out ReadOnlySpan<byte> maker);
            if (id.IsEmpty)
                id = NameOf(before, part, isOfPods, out maker);
            if (!id.IsEmpty)
            {
                found = id;
                engine = maker;
            }

            isOfPods |= part.SequenceEqual("kubepods"u8);
            before = part;
        }

        return found;
    }

    /// <summary>The path that tells.</summary>
    /// <param name="text">Any bytes: /proc/PID/cgroup, or its beginning.</param>
    /// <returns>Without the line feed; empty for none.</returns>
    public static ReadOnlySpan<byte> PathOf(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> named = default;
        while (true)
        {
            // A line that was cut isn't believed.
            int end = text.IndexOf((byte)'\n');
            if (end < 0)
                return named;
            ReadOnlySpan<byte> line = text[..end];
            text = text[(end + 1)..];
            if (line.StartsWith("0::/"u8) && line.Length > "0::/"u8.Length)
                return line["0::"u8.Length..];
            int colon = line.IndexOf(":name=systemd:"u8);
            if (colon > 0 && line[..colon].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0)
                named = line[(colon + ":name=systemd:"u8.Length)..];
        }
    }

    // docker-ID.scope and its kin; in the form without systemd the engine's own prefix and no .scope.
    static ReadOnlySpan<byte> IdOf(ReadOnlySpan<byte> part, out ReadOnlySpan<byte> engine)
    {
        engine = default;
        ReadOnlySpan<byte> name = part.EndsWith(".scope"u8) ? part[..^".scope"u8.Length] : part;
        int dash = name.LastIndexOf((byte)'-');
        if (dash < 0 || !IsId(name[(dash + 1)..]))
            return default;
        ReadOnlySpan<byte> prefix = name[..dash];
        engine = prefix.SequenceEqual("docker"u8) ? "docker"u8
            : prefix.SequenceEqual("libpod"u8) ? "podman"u8
            : prefix.SequenceEqual("cri-containerd"u8) || prefix.SequenceEqual("nerdctl"u8) ? "containerd"u8
            : prefix.SequenceEqual("crio"u8) ? "cri-o"u8
            : default;
        return engine.IsEmpty ? default : name[(dash + 1)..];
    }

    // Where no systemd names the groups, and LXC's.
    static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> before, ReadOnlySpan<byte> part, bool isOfPods, out ReadOnlySpan<byte> engine)
    {
        engine = default;
        ReadOnlySpan<byte> payload = "lxc.payload."u8;
        if (part.StartsWith(payload) && part.Length > payload.Length)
        {
            engine = "lxc"u8;
            return part[payload.Length..];
        }

        if (before.SequenceEqual("lxc"u8) || before.SequenceEqual("lxc.payload"u8))
            engine = "lxc"u8;
        else if (IsId(part) && before.SequenceEqual("docker"u8))
            engine = "docker"u8;
        else if (IsId(part) && isOfPods)
            engine = "kubepods"u8;
        return engine.IsEmpty ? default : part;
    }

    static bool IsId(ReadOnlySpan<byte> text) =>
        text.Length == ContainerIdBytes && text.IndexOfAnyExcept("0123456789abcdef"u8) < 0;
}
