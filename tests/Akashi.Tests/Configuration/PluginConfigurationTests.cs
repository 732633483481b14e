using Akashi.Configuration;
using Akashi.Diagnostics;

namespace Akashi.Tests.Configuration;

public class PluginConfigurationTests
{
    [Fact]
    public void A_file_as_the_original_ships_it_is_read()
    {
        PluginConfiguration plugin = Parse(
            """
            # This file controls the configuration of the syslog plugin.
            active = Yes
            direction = out
            path = /sbin/audisp-syslog
            type = always
            args = LOG_INFO LOG_LOCAL3 interpret
            format = string
            """, out DiagnosticBag diagnostics);

        Assert.Empty(diagnostics.All);
        Assert.Equal(
            ("syslog", true, "/sbin/audisp-syslog", "LOG_INFO LOG_LOCAL3 interpret", false),
            (plugin.Name, plugin.IsActive, plugin.Path, string.Join(' ', plugin.Arguments), plugin.IsBinary));
    }

    [Fact]
    public void Every_error_is_said_with_its_line()
    {
        Parse("active = maybe\npath = here\ndirection = in\ntype = builtin\nformat = xml\nargs =\nspeed = high\nactive = yes", out DiagnosticBag diagnostics);

        Assert.Equal(
            [
                "p/syslog.conf:1: active is neither yes nor no",
                "p/syslog.conf:2: path is not an absolute path",
                "p/syslog.conf:3: direction can only be out",
                "p/syslog.conf:4: type can only be always: what was builtin is a program now",
                "p/syslog.conf:5: format is neither string nor binary",
                "p/syslog.conf:6: not 'keyword = value', with blanks around the sign",
                "p/syslog.conf:7: unknown keyword: active, direction, path, type, args, format",
                "p/syslog.conf: an active plugin needs a path",
            ],
            diagnostics.All.Select(diagnostic => diagnostic.ToString()));
    }

    [Theory]
    [InlineData("af_unix.conf", true)]
    [InlineData("af_unix", true)]
    [InlineData(".af_unix.conf", false)]
    [InlineData("af.unix.conf", false)]
    [InlineData("af_unix.conf~", false)]
    [InlineData("af_unix.rpmsave", false)]
    public void Names_with_one_dot_at_most_are_plugins(string name, bool expected) =>
        Assert.Equal(expected, PluginDirectory.IsNamedAsPlugin(name));

    static PluginConfiguration Parse(string text, out DiagnosticBag diagnostics)
    {
        diagnostics = new DiagnosticBag();
        return PluginConfiguration.Parse(text, "p/syslog.conf", diagnostics);
    }
}
