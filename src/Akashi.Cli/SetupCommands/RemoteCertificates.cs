using System.Net;
using System.Text;
using Akashi.Health;
using Akashi.Host;
using Akashi.Linux.Files;
using Akashi.Linux.Tls;
using Akashi.Setup;

namespace Akashi.Cli.SetupCommands;

/// <summary>The certificates that <c>akashi setup remote</c> makes, hands out and revokes: files of /etc/audit/tls.</summary>
/// <remarks>
/// <code>
/// ca.key ca.pem                  the receiver's: the authority that its senders' certificates come from
/// ca-former.key ca-former.pem    the authority before it; only from --renew-authority until it ends that
/// ca.crl                         what they have revoked; only once something is
/// collector.key collector.pem    the receiver's own
/// issued/NAME.pem                every certificate that NAME was given, the newest first
/// issued/NAME.bundle             to be carried to NAME: its certificate, its key, ca.pem
/// sender.key sender.pem sender-ca.pem    a sender's: what was in its bundle
/// </code>
/// The receiver's key is never written anew, the authority's by RemoteRenewal alone.
/// </remarks>
static class RemoteCertificates
{
    const int BundleBytesMax = 64 * 1024;
    const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    const UnixFileMode OwnersPlace = OwnersFile | UnixFileMode.UserExecute;

    static readonly TimeSpan s_soon = TimeSpan.FromDays(30);

    /// <summary>Whom the receiver's certificate is for; empty where it has none of ours.</summary>
    public static IReadOnlyList<string> ReceiverNames(SetupMachine machine) =>
        machine.Text(RemoteKeyFiles.Receiver) is { } text && IssuedCertificate.Read(text) is { } certificate ? certificate.Names : [];

    /// <summary>Plans an authority and a certificate for the receiver, where they are missing or end soon.</summary>
    /// <returns>auditd.conf with them.</returns>
    public static string PlanReceiver(SetupMachine machine, SetupOptions typed, SetupPlan plan, string settings)
    {
        if (WhyOthers(settings) is { } others)
        {
            plan.Refuse(SetupMessage.RemoteOtherKeys, $"{AuditService.ConfigurationPath} goes by other keys already: {others}", "without --make-certificates they stay; docs/remote.md says how to change them by hand");
            return settings;
        }

        using RemoteAuthorities? authorities = RemoteAuthorities.OpenOrMake(machine, plan);
        if (authorities is null)
            return settings;
        PlanOwn(machine, typed, plan, authorities.Receivers);

        // An authority that was brought back has its list: who was revoked stays so.
        if (machine.Look(RemoteKeyFiles.Revoked).Kind != FileStateKind.Missing && SettingLines.Find(settings, "tls_crl_file") is null)
            settings = SettingLines.Set(settings, "tls_crl_file", RemoteKeyFiles.Revoked);
        return UseFiles(settings, RemoteKeyFiles.Receiver, RemoteKeyFiles.ReceiverKey, RemoteKeyFiles.Authority);
    }

    /// <summary>Plans a certificate for a machine that sends.</summary>
    public static void PlanIssue(SetupMachine machine, string name, SetupPlan plan)
    {
        using RemoteAuthorities? authorities = RemoteAuthorities.Open(machine, plan);
        if (authorities is null)
            return;
        if (ReceiverNames(machine).Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            plan.Refuse(SetupMessage.RemoteOtherKeys, $"{name} is this machine: its certificate is {RemoteKeyFiles.Receiver}");
            return;
        }

        if (machine.Look(RemoteKeyFiles.Bundle(name)).Kind != FileStateKind.Missing)
        {
            plan.Refuse(SetupMessage.RemoteBundle, $"{RemoteKeyFiles.Bundle(name)} is still there, with a key", $"carry it to {name}, or remove it, and then make another");
            return;
        }

        DateTimeOffset now = machine.Host.Clock.GetUtcNow();
        if (authorities.Current.End <= now)
        {
            RefuseEnded(plan, authorities.Current);
            return;
        }

        WarnOfEnd(plan, authorities.Current, now);
        string issuedPath = RemoteKeyFiles.Issued(name), former = machine.Text(issuedPath) ?? "", key = CertificateAuthority.MakeKey();
        string certificate = authorities.Current.Issue([name], key, isReceivers: false, now);
        if (IssuedCertificate.Read(former) is { } standing)
            plan.Note(SetupMessage.RemoteFormer, $"{name} has a certificate already, until {standing.End:yyyy-MM-dd}: both are good", $"akashi setup remote --revoke {name}, before this, where that one is in wrong hands");
        PlanPlace(machine, plan, RemoteKeyFiles.IssuedPlace);
        string until = $"{IssuedCertificate.Read(certificate)!.End:yyyy-MM-dd}";
        Put(machine, plan, issuedPath, certificate + former, $"certificate for {name}, until {until}");
        Put(machine, plan, RemoteKeyFiles.Bundle(name), certificate + key + authorities.Believed, $"to be carried to {name}: its certificate, its key, the authority");
    }

    /// <summary>Plans that a machine's certificates are believed no more.</summary>
    /// <returns>auditd.conf with the list.</returns>
    public static string PlanRevoke(SetupMachine machine, string name, SetupPlan plan, string settings)
    {
        using RemoteAuthorities? authorities = RemoteAuthorities.Open(machine, plan);
        if (authorities is null)
            return settings;
        string issuedPath = RemoteKeyFiles.Issued(name);
        if (machine.Text(issuedPath) is not { } issued)
        {
            plan.Refuse(SetupMessage.RemoteNotIssued, $"{name} was given no certificate here: there is no {issuedPath}", $"ls {RemoteKeyFiles.IssuedPlace} lists who was");
            return settings;
        }

        if (SettingLines.Find(settings, "tls_crl_file") is { } other && other != RemoteKeyFiles.Revoked)
        {
            plan.Refuse(SetupMessage.RemoteOtherKeys, $"tls_crl_file is {other}, a list of somebody else's", "the authority that makes it revokes there");
            return settings;
        }

        if (FindRevoked(issued, issuedPath, authorities, plan) is not { } serials || Revoke(machine, serials, authorities, plan) is not { } list)
            return settings;
        Put(machine, plan, RemoteKeyFiles.Revoked, list, $"what is believed no more, now {name} too");
        foreach (string path in new[] { issuedPath, RemoteKeyFiles.Bundle(name) })
            plan.Add(new FileChange(path, machine.Look(path), FileState.Missing, "it is worth nothing any more"));
        return SettingLines.Set(settings, "tls_crl_file", RemoteKeyFiles.Revoked);
    }

    // Whose serial number isn't found is believed on: nothing is changed before all are.
    static (IReadOnlyList<byte[]> Current, IReadOnlyList<byte[]> Former)? FindRevoked(string issued, string issuedPath, RemoteAuthorities authorities, SetupPlan plan)
    {
        try
        {
            IReadOnlyList<byte[]> own = authorities.Current.FindOwn(issued, out IReadOnlyList<string> others), formers = [];
            if (authorities.Former is { } former)
            {
                formers = former.FindOwn(issued, out IReadOnlyList<string> notFormers);
                others = [.. others.Intersect(notFormers)];
            }

            string said = $"{issuedPath} has certificates that {RemoteKeyFiles.Authority} didn't sign: serial {string.Join(", ", others)}";
            bool isAny = own.Count + formers.Count > 0;
            if (!isAny)
                plan.Refuse(SetupMessage.RemoteNotIssued, $"{said}; it has no other", "they can be revoked by their own authority alone");
            else if (others.Count > 0)
                plan.Warn(SetupMessage.RemoteNotIssued, $"{said}; these aren't revoked", "they can be revoked by their own authority alone");
            return isAny ? (own, formers) : null;
        }
        catch (AuditException exception)
        {
            plan.Refuse(SetupMessage.RemoteNotIssued, $"{issuedPath} can't be used, nothing is revoked: {exception.Message}", "bring it back from a backup: which certificates that machine has stands nowhere else");
            return null;
        }
    }

    static string? Revoke(SetupMachine machine, (IReadOnlyList<byte[]> Current, IReadOnlyList<byte[]> Former) serials, RemoteAuthorities authorities, SetupPlan plan)
    {
        try
        {
            return authorities.Revoke(machine.Text(RemoteKeyFiles.Revoked), serials, machine.Host.Clock.GetUtcNow());
        }
        catch (AuditException exception)
        {
            plan.Refuse(SetupMessage.RemoteNotIssued, $"{RemoteKeyFiles.Revoked} can't be used, nothing is revoked: {exception.Message}", "bring it back from a backup: without it those that were revoked are believed again");
            return null;
        }
    }

    /// <summary>Plans what a machine was given by a receiver's <c>--issue</c>.</summary>
    /// <returns>audisp-remote.conf with it.</returns>
    public static string PlanSender(SetupMachine machine, string bundlePath, SetupPlan plan, string settings)
    {
        if (ReadBundle(bundlePath, plan) is not { } bundle)
            return settings;
        string? fault = CertificateAuthority.Split(bundle, out string certificate, out string key, out string authority);
        if (fault is not null || IssuedCertificate.Read(certificate) is not { Names.Count: > 0 } read)
        {
            plan.Refuse(SetupMessage.RemoteBundle, $"{bundlePath} can't be used: {fault ?? "its certificate has no name of a machine (subjectAltName)"}", "akashi setup remote --issue NAME, on the machine that receives, makes such a file");
            return settings;
        }

        if (machine.Look(RemoteKeyFiles.SenderKey).Kind != FileStateKind.Missing && SettingLines.Find(settings, "tls_key_file") != RemoteKeyFiles.SenderKey)
        {
            plan.Refuse(SetupMessage.RemoteOtherKeys, $"{RemoteKeyFiles.SenderKey} is there, and audisp-remote.conf doesn't use it: whose it is isn't known", "move it away");
            return settings;
        }

        if (machine.IsThis && !read.IsFor(machine.Host.Name))
            plan.Warn(SetupMessage.RemoteOtherName, $"the certificate is for {string.Join(", ", read.Names)}, and this machine is {machine.Host.Name}: its records will be written as {read.Names[0]}'s");
        PlanPlace(machine, plan, RemoteKeyFiles.Place);
        Put(machine, plan, RemoteKeyFiles.SenderAuthority, authority, "the authority that the receiver's certificate has to come from");
        Put(machine, plan, RemoteKeyFiles.SenderKey, key, "this machine's private key");
        Put(machine, plan, RemoteKeyFiles.Sender, certificate, $"certificate for {string.Join(", ", read.Names)}, until {read.End:yyyy-MM-dd}");
        return UseFiles(settings, RemoteKeyFiles.Sender, RemoteKeyFiles.SenderKey, RemoteKeyFiles.SenderAuthority);
    }

    static void PlanOwn(SetupMachine machine, SetupOptions typed, SetupPlan plan, CertificateAuthority authority)
    {
        DateTimeOffset now = machine.Host.Clock.GetUtcNow();
        string own = machine.IsThis ? machine.Host.Name : (machine.Text("/etc/hostname") ?? "").Trim();
        IssuedCertificate? standing = machine.Text(RemoteKeyFiles.Receiver) is { } text ? IssuedCertificate.Read(text) : null;
        string[] names = [.. new[] { own }.Concat(standing?.Names ?? []).Concat(typed.ReceiverNames).Where(name => name.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];
        if (names.Length == 0)
        {
            plan.Refuse(SetupMessage.RemoteOtherName, "that machine's /etc/hostname has no name", "--name NAME: what senders call it");
            return;
        }

        if (names.FirstOrDefault(name => !MachineName.IsUsable(name) && !IPAddress.TryParse(name, out _)) is { } unusable)
        {
            plan.Refuse(SetupMessage.RemoteOtherName, $"no certificate can be for '{unusable}', the machine's host name: {MachineName.Allowed}", "hostnamectl set-hostname NAME");
            return;
        }

        // One that ends with its authority can't last longer.
        bool isGood = standing is not null && (standing.End - now > s_soon || standing.End >= authority.End);
        WarnOfEnd(plan, authority, now);
        if (isGood && machine.Text(RemoteKeyFiles.ReceiverKey) is not null && names.All(standing!.IsFor))
            return;
        if (authority.End <= now)
        {
            RefuseEnded(plan, authority);
            return;
        }

        string key = machine.Text(RemoteKeyFiles.ReceiverKey) ?? CertificateAuthority.MakeKey();
        string certificate = authority.Issue(names, key, isReceivers: true, now);
        Put(machine, plan, RemoteKeyFiles.ReceiverKey, key, "this machine's private key");
        Put(machine, plan, RemoteKeyFiles.Receiver, certificate, $"certificate for {string.Join(", ", names)}, until {IssuedCertificate.Read(certificate)!.End:yyyy-MM-dd}");
    }

    static void WarnOfEnd(SetupPlan plan, CertificateAuthority authority, DateTimeOffset now)
    {
        if (authority.End - now < RemoteKeyFiles.News(RemoteKeyFiles.Authority))
            plan.Warn(SetupMessage.RemoteNoAuthority, $"the authority {CertificateFinding.Describe(authority.End, now)}, and all of its certificates with it", RemoteKeyFiles.Renewal(RemoteKeyFiles.Authority));
    }

    static void RefuseEnded(SetupPlan plan, CertificateAuthority authority) => plan.Refuse(
        SetupMessage.RemoteNoAuthority, $"the authority has ended, on {authority.End:yyyy-MM-dd}", RemoteKeyFiles.Renewal(RemoteKeyFiles.Authority));

    // What senders have now would be refused from then on.
    static string? WhyOthers(string settings)
    {
        if (!RemoteSetup.UsesTls(settings))
            return null;
        if (!"x509".Equals(SettingLines.Find(settings, "tls_auth"), StringComparison.OrdinalIgnoreCase))
            return "transport = tls with shared keys";
        return SettingLines.Find(settings, "tls_cert_file") is { } path && path != RemoteKeyFiles.Receiver ? $"tls_cert_file = {path}" : null;
    }

    static string? ReadBundle(string path, SetupPlan plan)
    {
        try
        {
            byte[] bytes = SmallFile.Read(path, BundleBytesMax, out UnixFileMode mode);
            if ((mode & ~(OwnersFile | UnixFileMode.UserExecute)) != 0)
                plan.Warn(SetupMessage.RemoteBundle, $"others may read {path}, and the private key in it", $"chmod 600 {path}; a new one where somebody may have read it");
            return Encoding.UTF8.GetString(bytes);
        }
        catch (AuditException exception)
        {
            plan.Refuse(SetupMessage.RemoteBundle, exception.Message, "--certificates FILE: the file that akashi setup remote --issue made on the machine that receives");
            return null;
        }
    }

    static string UseFiles(string settings, string certificate, string key, string authority)
    {
        settings = SettingLines.Set(settings, "transport", "tls");
        settings = SettingLines.Set(settings, "tls_auth", "x509");
        settings = SettingLines.Set(settings, "tls_cert_file", certificate);
        settings = SettingLines.Set(settings, "tls_key_file", key);
        return SettingLines.Set(settings, "tls_ca_file", authority);
    }

    internal static void PlanPlace(SetupMachine machine, SetupPlan plan, string directory)
    {
        if (machine.Look(directory).Kind == FileStateKind.Missing)
            plan.Add(new FileChange(directory, FileState.Missing, FileState.Directory(OwnersPlace), "for certificates and keys"));
    }

    internal static void Put(SetupMachine machine, SetupPlan plan, string path, string text, string reason)
    {
        FileState before = machine.Look(path);
        if (before.Kind is FileStateKind.File or FileStateKind.Missing)
            plan.Add(new FileChange(path, before, FileState.File(Encoding.UTF8.GetBytes(text), OwnersFile), reason));
        else
            plan.Refuse(SetupMessage.PathIsLink, $"{path} is no regular file");
    }
}
