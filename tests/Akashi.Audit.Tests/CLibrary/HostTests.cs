using System.Diagnostics;
using System.Globalization;
using Akashi.Testing;

namespace Akashi.Audit.Tests.CLibrary;

/// <summary>What the library may not do to the process that it's in.</summary>
public class HostTests
{
    [Fact]
    public void Nonsense_crashes_nothing()
    {
        Assert.Contains("whole\n", OwnLibrary.Run(OwnLibrary.Compile("nonsense")));
        Assert.Contains("whole\n", Yardstick.Run(OwnLibrary.Compile("nonsense"), new() { ["LD_LIBRARY_PATH"] = OwnLibrary.Place }));
    }

    [Trait("Category", "Long")]
    [Fact]
    public void Every_function_may_be_the_first_that_is_called()
    {
        string[] names = Exports();
        string program = Yardstick.CompileC(RepositoryFiles.PathOf("tests", "Akashi.Audit.Tests", "Programs", "first.c"));

        var start = new ProcessStartInfo(program, [OwnLibrary.File1]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        process.StandardInput.Write(string.Join('\n', names) + "\n");
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();

        Assert.Equal($"{names.Length} functions, 0 bad\n", output);
    }

    // In no header: what the tools of audit 3.0 take (docs/programs.md).
    static readonly string[] s_unlisted =
    [
        "_auparse_flush_caches", "_auparse_free_interpretations", "_auparse_load_interpretations", "_auparse_lookup_interpretation", "audit_msg", "audit_send",
        "auparse_do_interpretation", "auparse_interp_adjust_type",
    ];

    // Those of libaudit.h, audit_logging.h and auparse.h, and nothing else, under the version that both libraries have since 4.1.
    [Fact]
    public void Exports_are_the_functions_of_the_headers()
    {
        string include = Path.Combine(OwnLibrary.Place, "include");
        IEnumerable<string> declared = Directory.GetFiles(include, "*.h").SelectMany(File.ReadLines)
            .Where(line => !line.StartsWith("/*", StringComparison.Ordinal) && !line.StartsWith(" *", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ', '*', '(', ')'))
            .Where(word => word.StartsWith("audit_", StringComparison.Ordinal) || word.StartsWith("auparse_", StringComparison.Ordinal)
                || word.StartsWith("ausearch_", StringComparison.Ordinal) || word is "get_auditfail_action" or "set_aumessage_mode");
        string[] structs =
        [
            "audit_status", "audit_rule_data", "audit_login", "audit_sig_info", "audit_features", "audit_reply", "audit_message", "audit_dispatcher_header", "audit_fd",
            "auparse_callback_ptr", "auparse_cb_event_t", "auparse_esc_t", "auparse_type_t", "auparse_state_t", "auparse_destroy_what_t", "ausearch_op_t", "ausearch_rule_t",
        ];

        Assert.Equal(declared.Select(word => word.TrimEnd(',', ';', ':')).Except(structs).Concat(s_unlisted).Order(StringComparer.Ordinal).Distinct(), Exports().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_object_has_the_names_of_the_original()
    {
        string dynamic = Yardstick.Run("readelf", [], "-dW", OwnLibrary.File1);
        string symbols = Yardstick.Run("nm", [], "-D", "--defined-only", OwnLibrary.File1);

        Assert.Contains("Library soname: [libaudit.so.1]", dynamic);
        Assert.Contains("NODELETE", dynamic);
        Assert.Contains(" audit_open@@LIBAUDIT_4.1\n", symbols);
        Assert.Contains(" auparse_init@@LIBAUDIT_4.1\n", symbols);
        Assert.Equal(79, symbols.Split('\n').Count(line => line.Contains(" T auparse_", StringComparison.Ordinal) || line.Contains(" T ausearch_", StringComparison.Ordinal)));
    }

    // Two runtimes in one host would each take its signals.
    [Fact]
    public void Both_names_are_one_object()
    {
        string program = OwnLibrary.Compile("auparse-one");

        Assert.Contains("libaudit.so.1", Yardstick.Run("readelf", [], "-dW", program));
        Assert.Equal("one, USER, serial 3 of 1\n", OwnLibrary.Run(program));
    }

    [Fact]
    [Trait("Category", "Long")]
    public void Ten_thousand_forked_children_log_and_end() =>
        Assert.Equal("10000 children\n", OwnLibrary.Run(OwnLibrary.Compile("forks"), "10000"));

    [Fact]
    [Trait("Category", "Long")]
    public void Children_of_a_host_that_never_called_the_library_log_and_end()
    {
        var environment = new Dictionary<string, string>
        {
            ["LD_LIBRARY_PATH"] = OwnLibrary.Place,
            ["LD_PRELOAD"] = Yardstick.CompileC(RepositoryFiles.PathOf("eng", "recorded-kernel.c"), "-shared", "-fPIC"),
            ["AKASHI_REQUESTS"] = "/dev/null",
            ["AKASHI_FIRST"] = "child",
        };

        Assert.Equal("1000 children\n", Yardstick.Run(OwnLibrary.Compile("forks"), environment, "1000"));
    }

    // A byte lost in each call would be a megabyte.
    [Fact]
    [Trait("Category", "Long")]
    public void A_million_calls_leak_nothing()
    {
        string output = OwnLibrary.Run(OwnLibrary.Compile("many"), "1000000");

        int kilobytes = int.Parse(output.Split(' ')[0], CultureInfo.InvariantCulture);
        Assert.InRange(kilobytes, int.MinValue, 2000);
    }

    static string[] Exports() =>
    [
        .. Yardstick.Run("nm", [], "-D", "--defined-only", OwnLibrary.File1).Split('\n')
            .Select(line => line.Split(' ')).Where(words => words is [_, "T", _]).Select(words => words[2].Split('@')[0]),
    ];
}
