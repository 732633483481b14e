using Akashi.Host;
using Akashi.Linux.Tls;
using Akashi.Setup;

namespace Akashi.Cli.SetupCommands;

/// <summary><c>akashi setup remote --renew-authority</c>: the next authority is made beside the one that is there; given again, the former one ends.</summary>
static class RemoteRenewal
{
    const int NamedMax = 10;

    /// <summary>The machines that were given certificates here.</summary>
    public static IReadOnlyList<string> Senders(SetupMachine machine) =>
        [.. machine.List(RemoteKeyFiles.IssuedPlace).Where(name => Path.GetExtension(name) == ".pem").Select(name => Path.GetFileNameWithoutExtension(name)!)];

    /// <summary>Plans it.</summary>
    /// <param name="machine">The machine that receives.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="settings">auditd.conf.</param>
    public static void Plan(SetupMachine machine, SetupPlan plan, string settings)
    {
        if (SettingLines.Find(settings, "tls_ca_file") is { } other && other != RemoteKeyFiles.Authority)
        {
            plan.Refuse(SetupMessage.RemoteOtherKeys, $"tls_ca_file is {other}, an authority of somebody else's", "who has its key renews it there");
            return;
        }

        if (SettingLines.Find(settings, "tls_crl_file") is { } list && list != RemoteKeyFiles.Revoked)
        {
            plan.Refuse(SetupMessage.RemoteOtherKeys, $"tls_crl_file is {list}, which has no list of an authority that is made here: everybody would be refused", "take the key out of auditd.conf, or have that list made where the authority is");
            return;
        }

        using RemoteAuthorities? authorities = RemoteAuthorities.Open(machine, plan);
        if (authorities is null)
            return;
        try
        {
            if (authorities.Former is null)
                Begin(machine, plan, authorities.Current);
            else
                End(machine, plan, authorities);
        }
        catch (AuditException exception)
        {
            plan.Refuse(SetupMessage.RemoteNotIssued, $"nothing is renewed, {RemoteKeyFiles.Authority} or {RemoteKeyFiles.Revoked} can't be used: {exception.Message}", "bring them back from a backup");
        }
    }

    static void Begin(SetupMachine machine, SetupPlan plan, CertificateAuthority former)
    {
        DateTimeOffset now = machine.Host.Clock.GetUtcNow();
        IReadOnlyList<string> senders = Senders(machine);
        bool isOver = former.End <= now, isShared = !isOver && senders.Count > 0;
        string formerKey = machine.Text(RemoteKeyFiles.AuthorityKey)!;
        using CertificateAuthority made = RemoteAuthorities.Make(machine, plan, $"audit authority {now:yyyyMMddHHmmss} of {machine.Host.Name}");
        string believed = made.Certificate + (isShared ? former.Certificate : "");
        RemoteCertificates.Put(machine, plan, RemoteKeyFiles.Authority, believed, $"a new authority, until {made.End:yyyy-MM-dd}{(isShared ? "; the former one is believed too" : "")}");
        if (machine.Text(RemoteKeyFiles.Revoked) is { } lists)
            RemoteCertificates.Put(machine, plan, RemoteKeyFiles.Revoked, made.Revoke(lists, [], now) + (isShared ? former.Revoke(lists, [], now) : ""), "a list of the new authority's, empty");
        if (!isShared)
        {
            PlanReceivers(machine, plan, made, now);
            if (senders.Count > 0)
                plan.Warn(SetupMessage.RemoteFormer, $"the authority has ended, on {former.End:yyyy-MM-dd}: nobody is let in until each machine has a new bundle: {NamesOf(senders)}", "akashi setup remote --issue NAME here, and there: akashi setup remote --to HOST --certificates FILE");
            return;
        }

        RemoteCertificates.Put(machine, plan, RemoteKeyFiles.FormerAuthorityKey, formerKey, "the former authority's private key, until it ends");
        RemoteCertificates.Put(machine, plan, RemoteKeyFiles.FormerAuthority, former.Certificate, $"the former authority's certificate, until {former.End:yyyy-MM-dd}");
        WarnOfBundles(machine, plan, senders, made);
    }

    static void End(SetupMachine machine, SetupPlan plan, RemoteAuthorities authorities)
    {
        DateTimeOffset now = machine.Host.Clock.GetUtcNow();
        CertificateAuthority current = authorities.Current;
        IReadOnlyList<string> senders = Senders(machine);
        string[] without = [.. senders.Where(name => !current.Made(machine.Text(RemoteKeyFiles.Issued(name)) ?? ""))];
        if (without.Length > 0)
        {
            plan.Refuse(
                SetupMessage.RemoteFormer, $"these have no certificate of the new authority yet, and would be refused: {NamesOf(without)}",
                "akashi setup remote --issue NAME for each, and there: akashi setup remote --to HOST --certificates FILE; --revoke NAME for one that is gone");
            return;
        }

        RemoteCertificates.Put(machine, plan, RemoteKeyFiles.Authority, current.Certificate, "the former authority is believed no more");
        PlanReceivers(machine, plan, current, now);
        if (machine.Text(RemoteKeyFiles.Revoked) is { } lists)
            RemoteCertificates.Put(machine, plan, RemoteKeyFiles.Revoked, current.Revoke(lists, [], now), "without the former authority's list");
        foreach (string name in senders)
        {
            string path = RemoteKeyFiles.Issued(name), kept = current.KeepOwn(machine.Text(path)!);
            if (kept != machine.Text(path))
                RemoteCertificates.Put(machine, plan, path, kept, "without certificates of the former authority");
        }

        foreach (string path in new[] { RemoteKeyFiles.FormerAuthority, RemoteKeyFiles.FormerAuthorityKey })
            plan.Add(new FileChange(path, machine.Look(path), FileState.Missing, "it is believed no more"));
        WarnOfBundles(machine, plan, senders, current);
        plan.Warn(SetupMessage.RemoteFormer, $"who hasn't put its new bundle to use is refused from then on, and has its records wait: {NamesOf(senders)}", "akashi doctor tells who is refused; there: akashi setup remote --to HOST --certificates FILE");
    }

    // Its names and its key stay.
    static void PlanReceivers(SetupMachine machine, SetupPlan plan, CertificateAuthority authority, DateTimeOffset now)
    {
        IReadOnlyList<string> names = RemoteCertificates.ReceiverNames(machine);
        if (names.Count == 0 || machine.Text(RemoteKeyFiles.ReceiverKey) is not { } key)
        {
            plan.Refuse(SetupMessage.RemoteNoAuthority, $"there is no {RemoteKeyFiles.Receiver} with its {RemoteKeyFiles.ReceiverKey}", "akashi setup remote --receive --make-certificates");
            return;
        }

        string certificate = authority.Issue(names, key, isReceivers: true, now);
        RemoteCertificates.Put(machine, plan, RemoteKeyFiles.Receiver, certificate, $"certificate for {string.Join(", ", names)}, of the new authority, until {IssuedCertificate.Read(certificate)!.End:yyyy-MM-dd}");
    }

    // Bundles that nobody has fetched: what is in them may be of the former authority.
    static void WarnOfBundles(SetupMachine machine, SetupPlan plan, IReadOnlyList<string> senders, CertificateAuthority current)
    {
        string[] left = [.. senders.Where(name => machine.Text(RemoteKeyFiles.Bundle(name)) is { } bundle && !current.Made(bundle))];
        if (left.Length > 0)
            plan.Warn(SetupMessage.RemoteBundle, $"{NamesOf(left)}: bundles of the former authority are still in {RemoteKeyFiles.IssuedPlace}", "remove them, then --issue NAME makes others");
    }

    static string NamesOf(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(NamedMax)) + (names.Count > NamedMax ? $" and {names.Count - NamedMax} more" : "");
}
