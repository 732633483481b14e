namespace Akashi.Live;

/// <summary>The list of what is not shown of command lines; docs/live-view.md shows it to users, and a test keeps the two alike.</summary>
public static class SecretRules
{
    const string MySql =
        "mysql mariadb mysqldump mariadb-dump mysqladmin mariadb-admin mysqlcheck mariadb-check mysqlimport mariadb-import "
        + "mysqlshow mariadb-show mysqlslap mariadb-slap mysqlbinlog mariadb-binlog mysqlpump mysqlsh mycli xtrabackup mariabackup "
        + "innobackupex mysqlupgrade mysql_upgrade mariadb-upgrade mysql_secure_installation";

    const string Ldap =
        "ldapsearch ldapadd ldapmodify ldapdelete ldapmodrdn ldapcompare ldapwhoami ldappasswd ldapexop ldapvc";

    /// <summary>
    /// Ends of names whose value is a secret, wherever <c>name=value</c>, <c>name: value</c>, <c>--name value</c> or <c>-name value</c> stands.
    /// Names are compared in lower case without dashes, underscores and dots.
    /// </summary>
    public static IReadOnlyList<string> NameEnds { get; } =
    [
        "password", "passwd", "passphrase", "passcode", "pass", "pwd", "passin", "passout", "secret", "token", "apikey", "accesskey",
        "secretkey", "authkey", "accountkey", "credential", "credentials", "oauth2bearer", "jwt",
    ];

    /// <summary>Names that end so and are none: the shell's directories, and the kernel's word of whether typed passwords are recorded in clear.</summary>
    public static IReadOnlyList<string> HarmlessNames { get; } = ["pwd", "oldpwd", "oldlogpasswd", "newlogpasswd"];

    /// <summary>Headers whose whole line is secret: <c>Authorization: Basic …</c>.</summary>
    public static IReadOnlyList<string> Headers { get; } =
        ["authorization", "proxyauthorization", "cookie", "setcookie", "xapikey", "privatetoken"];

    /// <summary>Options of single programs.</summary>
    public static IReadOnlyList<SecretRule> Rows { get; } =
    [
        new(MySql, "-p", ValuePlace.Attached) { Flags = "ABCEGHLNOTVXbcfinqrstvw" },
        new("mydumper myloader mongo mongosh mongodump mongorestore mongoexport mongoimport mongostat mongotop", "-p", ValuePlace.Either),
        new("sshpass", "-p", ValuePlace.Either) { Flags = "v" },
        new("curl", "-u", ValuePlace.Either, SecretPart.AfterColon) { Flags = "#0123469BGIJLMNORSZafgijklnpqsv" },
        new("curl", "-U", ValuePlace.Either, SecretPart.AfterColon) { Flags = "#0123469BGIJLMNORSZafgijklnpqsv" },
        new("curl", "--user", ValuePlace.Either, SecretPart.AfterColon),
        new("curl", "--proxy-user", ValuePlace.Either, SecretPart.AfterColon),
        new("http https xh xhs", "-a", ValuePlace.Either, SecretPart.AfterColon),
        new("http https xh xhs", "--auth", ValuePlace.Either, SecretPart.AfterColon),
        new("lftp", "-u", ValuePlace.Either, SecretPart.AfterComma),
        new("lftp", "--user", ValuePlace.Either, SecretPart.AfterComma),
        new("ncftp ncftpget ncftpput ncftpls", "-p", ValuePlace.Either),
        new("redis-cli valkey-cli keydb-cli redis-benchmark", "-a", ValuePlace.Either),
        new("sqlcmd bcp isql tsql osql go-sqlcmd", "-P", ValuePlace.Either),
        new("sqlplus sqlplus64 exp imp expdp impdp sqlldr rman tnsping", "", ValuePlace.Operands, SecretPart.AfterSlash),
        new("clickhouse clickhouse-client influx cqlsh", "-p", ValuePlace.Either),
        new(Ldap, "-w", ValuePlace.Either) { Flags = "CILMNPQUWnvxZ" },
        new("ldappasswd", "-s", ValuePlace.Either),
        new("ldappasswd", "-a", ValuePlace.Either),
        new("smbclient rpcclient net smbget smbcacls smbcquotas smbtree nmblookup wbinfo", "-U", ValuePlace.Either, SecretPart.AfterPercent) { Flags = "Nk" },
        new("smbclient rpcclient net smbget smbcacls smbcquotas smbtree wbinfo", "--user", ValuePlace.Either, SecretPart.AfterPercent),
        new("useradd usermod groupadd groupmod adduser gpasswd", "-p", ValuePlace.Either) { Flags = "DMNUmor" },
        new("docker podman nerdctl buildah skopeo helm oc az crane oras regctl", "-p", ValuePlace.Either) { After = "login" },
        new("zip unzip zipcloak funzip", "-P", ValuePlace.Either) { Flags = "adfjlnoqrtuvxy" },
        new("7z 7za 7zr 7zz rar unrar", "-p", ValuePlace.Attached),
        new("rar", "-hp", ValuePlace.Attached),
        new("openssl", "-k", ValuePlace.Next),
        new("openssl", "-K", ValuePlace.Next),
        new("openssl", "", ValuePlace.Operands) { After = "passwd" },
        new("htpasswd", "-b", ValuePlace.LastWord) { Flags = "cDdmnspv5B2" },
        new("wpa_passphrase mkpasswd grub-mkpasswd-pbkdf2", "", ValuePlace.LastWord),
        new("xfreerdp xfreerdp3 wlfreerdp sdl-freerdp", "/p:", ValuePlace.Attached),
        new("rdesktop", "-p", ValuePlace.Either),
        new("ipmitool", "-P", ValuePlace.Either),
        new("snmpget snmpgetnext snmpwalk snmpbulkwalk snmpset snmptrap snmpstatus", "-A", ValuePlace.Either),
        new("snmpget snmpgetnext snmpwalk snmpbulkwalk snmpset snmptrap snmpstatus", "-X", ValuePlace.Either),
        new("snmpget snmpgetnext snmpwalk snmpbulkwalk snmpset snmptrap snmpstatus", "-c", ValuePlace.Either),
        new("evil-winrm crackmapexec netexec nxc hydra", "-p", ValuePlace.Either),
        new("nmcli", "password", ValuePlace.Next),
        new("nmcli", "wifi-sec.psk", ValuePlace.Next),
        new("nmcli", "802-11-wireless-security.psk", ValuePlace.Next),
        new("aws", "aws_secret_access_key", ValuePlace.Next),
        new("aws", "aws_session_token", ValuePlace.Next),
        new("vault", "", ValuePlace.Operands) { After = "login" },
    ];
}
