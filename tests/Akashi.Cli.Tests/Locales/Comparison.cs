using System.Diagnostics;
using System.Globalization;
using System.Text;
using Akashi.Cli.Tests.Kin;
using Akashi.Host;
using Akashi.Linux;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Locales;

/// <summary>A tool of Debian's and ours over a log of logins, in one locale and time zone.</summary>
sealed class Comparison : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly ProcessLocale _processLocale;
    readonly LinuxHost _host = new();
    readonly string _locale, _zone;

    public Comparison(string locale, string zone)
    {
        Assert.SkipUnless(File.Exists(Original("ausearch")), "Debian's own tools aren't there: eng/yardsticks.sh fetches them");
        Assert.SkipUnless(locale == "C" || Directory.Exists(Path.Combine(ProcessLocale.Place, locale)), "the locales aren't there: eng/locales.sh compiles them");
        (_locale, _zone) = (locale, zone);
        _processLocale = new ProcessLocale(locale, zone);
    }

    /// <summary>Seconds since the epoch, now.</summary>
    public long Now => _host.Clock.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>What a time is in this place.</summary>
    public string Format(string format, long unixSeconds)
    {
        Span<byte> text = stackalloc byte[256];
        return Encoding.UTF8.GetString(text[.._host.LocalTime.Format(format, unixSeconds, text)]);
    }

    /// <summary>This machine, in this place.</summary>
    public IHost Host => _host;

    /// <summary>Puts a login at each of these times into the log.</summary>
    public void WriteLog(IEnumerable<long> unixSeconds)
    {
        var log = new StringBuilder();
        int serial = 0;
        foreach (long time in unixSeconds)
        {
            log.Append(CultureInfo.InvariantCulture, $"type=USER_LOGIN msg=audit({time}.123:{++serial}): pid=1 uid=0 auid=1000 ses=1 msg='op=login ")
                .Append("id=0 exe=\"/usr/sbin/sshd\" hostname=client addr=10.0.0.1 terminal=ssh res=success'\n");
        }

        File.WriteAllText(_folder["audit.log"], log.ToString());
    }

    /// <summary>Runs both.</summary>
    public (KinRun Original, KinRun Ours) Run(string tool, params string[] options)
    {
        string[] arguments = ["-if", _folder["audit.log"], .. options];
        // What depends on the clock has to be asked within one second.
        for (int attempt = 0; ; attempt++)
        {
            long before = Now;
            (KinRun, KinRun) runs = (RunOriginal(tool, arguments), KinRun.Of(tool, arguments, _host));
            if (Now == before || attempt == 20)
                return runs;
        }
    }

    public void Dispose()
    {
        _processLocale.Dispose();
        _folder.Dispose();
    }

    static string Original(string tool) => RepositoryFiles.PathOf("artifacts", "yardsticks", "run", tool);

    KinRun RunOriginal(string tool, string[] arguments)
    {
        var start = new ProcessStartInfo(Original(tool), arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach ((string name, string value) in ProcessLocale.Variables(_locale, _zone))
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        return new KinRun(process.ExitCode, output.ToArray(), error.Result);
    }
}
