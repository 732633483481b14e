using System.Text;
using Akashi.Live;
using Akashi.Reports.Software;

namespace Akashi.Tests.Reports;

/// <summary>Which command lines change software, after the managers' own man pages.</summary>
public sealed class ManagerCommandTests
{
    [Theory]
    [InlineData("apt-get install -y nginx curl=7.88.1-10", "apt Install nginx curl=7.88.1-10")]
    [InlineData("apt -o Dpkg::Options::=--force-confold -t bookworm install nginx", "apt Install nginx")]
    [InlineData("/usr/bin/apt full-upgrade", "apt Upgrade")]
    [InlineData("apt-get purge nginx:amd64", "apt Remove nginx")]
    [InlineData("dpkg -i ./nginx_1.22.1-9_amd64.deb /tmp/b_2%3a1.0_all.deb", "dpkg Install nginx=1.22.1-9 b=2:1.0")]
    [InlineData("/usr/bin/dpkg --status-fd 16 --no-triggers --unpack --auto-deconfigure /a/c_1_all.deb", "dpkg Install c=1")]
    [InlineData("dpkg --purge nginx", "dpkg Remove nginx")]
    [InlineData("/usr/bin/python3.9 /bin/dnf install -y nginx", "dnf Install nginx")]
    [InlineData("/usr/bin/python3 -s /usr/bin/dnf-3 --enablerepo crb update", "dnf Upgrade")]
    [InlineData("yum erase httpd", "dnf Remove httpd")]
    [InlineData("rpm -Uvh nginx-1.20.1-14.el9.x86_64.rpm", "rpm Upgrade nginx=1.20.1-14.el9.x86_64")]
    [InlineData("rpm -e nginx", "rpm Remove nginx")]
    [InlineData("/usr/bin/python3 /usr/bin/pip3 install pandas==2.1 -r more.txt", "pip Install pandas=2.1")]
    [InlineData("/opt/v/bin/python -I -m pip install --upgrade requests[socks]>=2", "pip Upgrade requests")]
    [InlineData("pip3.11 uninstall -y requests", "pip Remove requests")]
    [InlineData("/usr/bin/env node /usr/bin/npm install --prefix /srv left-pad@1.3.0 @scope/x", "npm Install left-pad=1.3.0 @scope/x")]
    [InlineData("npm ci", "npm Install")]
    [InlineData("pacman -Syu", "pacman Upgrade")]
    public void Changes_software(string typed, string expected)
    {
        CommandLine line = Split(typed);

        ManagerCommand command = Assert.IsType<ManagerCommand>(ManagerCommand.Read(line, path: default));

        IEnumerable<string> packages = command.Packages
            .Select(index => PackageName.Parse(Encoding.UTF8.GetString(line[index]), command.Manager.Family).ToString());
        Assert.Equal(expected, string.Join(' ', [command.Manager.Name, command.Action.ToString(), .. packages]));
    }

    [Theory]
    [InlineData("apt-get update")]
    [InlineData("apt-get -s install nginx")]
    [InlineData("apt-get install --download-only nginx")]
    [InlineData("apt list install")]
    [InlineData("dpkg -l nginx")]
    [InlineData("dpkg --compare-versions 1 lt-nl 2")]
    [InlineData("dpkg -s install")]
    [InlineData("dnf search install")]
    [InlineData("rpm -qi nginx")]
    [InlineData("rpm -V nginx")]
    [InlineData("pip list")]
    [InlineData("pip download requests")]
    [InlineData("python3 -c install")]
    [InlineData("npm run install-all")]
    [InlineData("pacman -Ss nginx")]
    [InlineData("sudo apt-get install nginx")]
    [InlineData("cat apt install")]
    [InlineData("env")]
    public void Changes_none(string typed) => Assert.Null(ManagerCommand.Read(Split(typed), path: default));

    [Fact]
    public void The_file_that_ran_counts_for_more_than_its_first_argument()
    {
        Assert.Null(ManagerCommand.Read(Split("apt install nginx"), "/usr/bin/sleep"u8));
        Assert.NotNull(ManagerCommand.Read(Split("sleep install nginx"), "/usr/bin/apt"u8));
    }

    [Fact]
    public void Any_words_are_read_without_a_throw()
    {
        const int Seed = 20261121;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        string[] words = ["apt", "dpkg", "-i", "-", "--", "", "install", "-m", "python3", "env", "a=b", "x_1_all.deb", ".deb", "@", "==", "-qi", "pip", "/", "é"];
        for (int round = 0; round < 20_000; round++)
        {
            var line = new CommandLine();
            for (int count = random.Next(0, 7); count > 0; count--)
                line.Add(Encoding.UTF8.GetBytes(words[random.Next(words.Length)]));
            ManagerCommand? command = ManagerCommand.Read(line, path: default);
            foreach (int index in command?.Packages ?? [])
                _ = PackageName.Parse(Encoding.UTF8.GetString(line[index]), command!.Manager.Family);
        }
    }

    static CommandLine Split(string typed)
    {
        var line = new CommandLine();
        foreach (string word in typed.Split(' '))
            line.Add(Encoding.UTF8.GetBytes(word));
        return line;
    }
}
