namespace Akashi.Setup;

/// <summary>Where <c>akashi setup remote</c> has certificates and keys.</summary>
public static class RemoteKeyFiles
{
    /// <summary>The directory.</summary>
    public const string Place = "/etc/audit/tls";

    /// <summary>Those for other machines.</summary>
    public const string IssuedPlace = Place + "/issued";

    /// <summary>The authority's certificate, on the machine that receives; the former one's behind it, while that is believed.</summary>
    public const string Authority = Place + "/ca.pem";

    /// <summary>The authority's private key.</summary>
    public const string AuthorityKey = Place + "/ca.key";

    /// <summary>The certificate of the authority before it, while machines that send have none of the new one yet.</summary>
    public const string FormerAuthority = Place + "/ca-former.pem";

    /// <summary>The former authority's private key.</summary>
    public const string FormerAuthorityKey = Place + "/ca-former.key";

    /// <summary>What the authority has revoked, and the former one.</summary>
    public const string Revoked = Place + "/ca.crl";

    /// <summary>The receiver's certificate.</summary>
    public const string Receiver = Place + "/collector.pem";

    /// <summary>The receiver's private key.</summary>
    public const string ReceiverKey = Place + "/collector.key";

    /// <summary>A sender's certificate.</summary>
    public const string Sender = Place + "/sender.pem";

    /// <summary>A sender's private key.</summary>
    public const string SenderKey = Place + "/sender.key";

    /// <summary>The authority that a sender's receiver has to have its certificate from.</summary>
    public const string SenderAuthority = Place + "/sender-ca.pem";

    /// <summary>Every certificate that a machine was given, the newest first.</summary>
    public static string Issued(string name) => $"{IssuedPlace}/{name}.pem";

    /// <summary>What is to be carried to a machine: its certificate, its key, the authority's certificate.</summary>
    public static string Bundle(string name) => $"{IssuedPlace}/{name}.bundle";

    /// <summary>Whether setup may change a file of such a path.</summary>
    public static bool Has(string path) => path is Place or IssuedPlace or Authority or AuthorityKey or FormerAuthority or FormerAuthorityKey or Revoked or Receiver or ReceiverKey or Sender or SenderKey or SenderAuthority
        || (Path.GetDirectoryName(path) == IssuedPlace && Path.GetExtension(path) is ".pem" or ".bundle");

    /// <summary>How long before its end a file is spoken of: every machine that sends needs something of a new authority.</summary>
    public static TimeSpan News(string path) => TimeSpan.FromDays(path is Authority or SenderAuthority ? 90 : 30);

    /// <summary>The commands that renew a certificate of setup's; null for one of somebody else.</summary>
    public static string? Renewal(string path) => path switch
    {
        Receiver => "akashi setup remote --receive --make-certificates",
        Authority => "akashi setup remote --renew-authority",
        FormerAuthority => "akashi setup remote --renew-authority, which ends what was begun with it, when each machine that sends has its new bundle",
        SenderAuthority => "on the machine that receives: akashi setup remote --renew-authority, and --issue NAME; here: akashi setup remote --to HOST --certificates FILE",
        Sender => "on the machine that receives: akashi setup remote --issue NAME; here: akashi setup remote --to HOST --certificates FILE",
        _ => null,
    };
}
