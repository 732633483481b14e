using Akashi.Host;
using Akashi.Linux.Tls;
using Akashi.Setup;

namespace Akashi.Cli.SetupCommands;

/// <summary>The authority of a machine that receives, and the one before it while both are believed.</summary>
/// <remarks>
/// An authority can't be replaced at once: senders go by a copy of its certificate. <c>--renew-authority</c> makes the next one beside it; what is issued from then on is of the new one, and is
/// carried with both their certificates. The receiver goes on with a certificate of the former one, which every sender believes, old bundle or new, until <c>--renew-authority</c> ends it.
/// </remarks>
sealed class RemoteAuthorities(CertificateAuthority current, CertificateAuthority? former) : IDisposable
{
    /// <summary>The one that issues to senders.</summary>
    public CertificateAuthority Current => current;

    /// <summary>The one before it; null where that is believed no more.</summary>
    public CertificateAuthority? Former => former;

    /// <summary>The one that the receiver's certificate is of: every sender believes it.</summary>
    public CertificateAuthority Receivers => former ?? current;

    /// <summary>The certificates of both.</summary>
    public string Believed => current.Certificate + former?.Certificate;

    /// <summary>Opens what is there, or has a plan make it.</summary>
    /// <returns>Null where the plan refuses.</returns>
    public static RemoteAuthorities? OpenOrMake(SetupMachine machine, SetupPlan plan)
    {
        if (machine.Look(RemoteKeyFiles.Authority).Kind != FileStateKind.Missing || machine.Look(RemoteKeyFiles.AuthorityKey).Kind != FileStateKind.Missing)
            return Open(machine, plan);
        CertificateAuthority made = Make(machine, plan, $"audit authority of {machine.Host.Name}");
        RemoteCertificates.Put(machine, plan, RemoteKeyFiles.Authority, made.Certificate, $"the authority's certificate, until {made.End:yyyy-MM-dd}");
        return new RemoteAuthorities(made, null);
    }

    /// <summary>Makes one, and has a plan write its key.</summary>
    public static CertificateAuthority Make(SetupMachine machine, SetupPlan plan, string name)
    {
        string key = CertificateAuthority.MakeKey();
        CertificateAuthority made = CertificateAuthority.Make(name, key, machine.Host.Clock.GetUtcNow());
        RemoteCertificates.PlanPlace(machine, plan, RemoteKeyFiles.Place);
        RemoteCertificates.Put(machine, plan, RemoteKeyFiles.AuthorityKey, key, "the authority's private key: whoever has it says who may send");
        return made;
    }

    /// <summary>Opens what is there.</summary>
    /// <returns>Null where the plan refuses: there is none, or it can't be used.</returns>
    public static RemoteAuthorities? Open(SetupMachine machine, SetupPlan plan)
    {
        if (machine.Text(RemoteKeyFiles.Authority) is null || machine.Text(RemoteKeyFiles.AuthorityKey) is null)
        {
            plan.Refuse(SetupMessage.RemoteNoAuthority, $"there is no {RemoteKeyFiles.Authority} with its {RemoteKeyFiles.AuthorityKey}: no authority was made on this machine", "akashi setup remote --receive --make-certificates makes one");
            return null;
        }

        if (Open(machine, plan, RemoteKeyFiles.Authority, RemoteKeyFiles.AuthorityKey) is not { } current)
            return null;
        if (machine.Look(RemoteKeyFiles.FormerAuthorityKey).Kind == FileStateKind.Missing)
            return new RemoteAuthorities(current, null);
        if (Open(machine, plan, RemoteKeyFiles.FormerAuthority, RemoteKeyFiles.FormerAuthorityKey) is { } former)
            return new RemoteAuthorities(current, former);
        current.Dispose();
        return null;
    }

    /// <summary>Adds certificates of either to the lists of those that aren't believed any more.</summary>
    /// <param name="lists">The lists so far; null for none.</param>
    /// <param name="own">The serial numbers, for those of <see cref="Current"/>, and those of <see cref="Former"/>.</param>
    /// <param name="now">Now.</param>
    /// <exception cref="AuditException">That is no list.</exception>
    public string Revoke(string? lists, (IReadOnlyList<byte[]> Current, IReadOnlyList<byte[]> Former) own, DateTimeOffset now) =>
        current.Revoke(lists, own.Current, now) + (former?.End > now ? former.Revoke(lists, own.Former, now) : "");

    /// <inheritdoc/>
    public void Dispose()
    {
        current.Dispose();
        former?.Dispose();
    }

    static CertificateAuthority? Open(SetupMachine machine, SetupPlan plan, string path, string keyPath)
    {
        try
        {
            return CertificateAuthority.Open(machine.Text(path) ?? "", machine.Text(keyPath) ?? "");
        }
        catch (AuditException exception)
        {
            plan.Refuse(SetupMessage.RemoteNoAuthority, $"{path} and {keyPath} can't be used: {exception.Message}");
            return null;
        }
    }
}
