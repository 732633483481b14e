using System.Globalization;
using Akashi.Diagnostics;
using Akashi.Events;
using Akashi.Search;
using Akashi.Search.Expressions;
using Akashi.Testing;
using Akashi.Trail;

namespace Akashi.Tests.Search.Expressions;

/// <summary>Expressions over real logs, side by side with Debian's libauparse.</summary>
/// <remarks>Skipped where it wasn't fetched: eng/yardsticks.sh downloads and unpacks it.</remarks>
[Trait("Category", "Long")]
public sealed class OriginalExpressionTests
{
    // Prints the events of each expression, a line each, or that it's refused.
    const string Original = """
        #include <dlfcn.h>
        #include <stdio.h>
        #include <string.h>
        int main(void) {
            void *library = dlopen(LIBRARY, RTLD_NOW);
            if (!library) { puts(dlerror()); return 1; }
            void *(*init)(int, const void *) = dlsym(library, "auparse_init");
            int (*add)(void *, const char *, char **, int) = dlsym(library, "ausearch_add_expression");
            int (*stop)(void *, int) = dlsym(library, "ausearch_set_stop");
            int (*next)(void *) = dlsym(library, "ausearch_next_event");
            unsigned long (*serial)(void *) = dlsym(library, "auparse_get_serial");
            void (*destroy)(void *) = dlsym(library, "auparse_destroy");
            static char line[10000];
            FILE *file = fopen(INPUT, "r");
            while (fgets(line, sizeof line, file)) {
                line[strcspn(line, "\n")] = 0;
                void *state = init(1, LOG);
                char *fault = NULL;
                if (add(state, line, &fault, 0) != 0) printf("refused");
                else for (printf("found "), stop(state, 0); next(state) > 0; ) printf("%lu ", serial(state));
                puts("");
                destroy(state);
            }
            return 0;
        }
        """;

    static readonly string[] s_terms =
    [
        "type r= SYSCALL", "type r= \"USER_LOGIN\"", "type i= PATH", "syscall i= execve", "syscall r= 257", "success r= no", "success r!= yes", "uid r= 0", "uid i= root", "auid i= unset",
        "auid == -1", "uid < 1000", "euid > 0", "pid r!= 1", "comm r= \"\\\"sudo\\\"\"", "comm i= sshd", "exe i= \"/usr/sbin/sshd\"", "key r= \"(null)\"", "key i= identity", "res r= success",
        "res i= failed", "terminal r= \"?\"", "addr r!= \"?\"", "acct i= root", "op r= login", "\\record_type == PATH", "\\record_type < 1300", "\\record_type !== EOE",
        "\\regexp /sudo/", "\\regexp /key=.*$/", "\\regexp /\\\\bssh/", "\\regexp \"^type=[A-Z]*_(START|END)\"", "name i= \"/etc/passwd\"", "nametype r= CREATE", "cwd i= \"/root\"", "exit i= 0", "exit r= \"-2\"",
        "mode i= \"file,755\"", "items r= 2", "nothing r= x", "\\timestamp > ts:1500000000.0", "seresult r= denied", "tclass r= file", "seperms r= read", "a0 i= AT_FDCWD", "ses i= unset", "ses r= 3",
    ];

    // Without articles.log, whose copies lost the byte before the enrichment.
    [Theory]
    [InlineData("kernel.log")]
    [InlineData("mixed.log")]
    public void Finds_the_events_that_libauparse_finds(string log)
    {
        string library = Libauparse();
        Assert.SkipUnless(File.Exists(library), "Debian's libauparse isn't there: eng/yardsticks.sh fetches it");
        var random = new Random(Seeded.Seed);
        string[] expressions = [.. s_terms, .. Enumerable.Range(0, 60).Select(_ => Compose(random, 3))];
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["log"], KnownTo309(log));
        File.WriteAllLines(folder["expressions"], expressions);

        string[] expected = AskOriginal(library, folder);

        for (int index = 0; index < expressions.Length; index++)
            Assert.Equal($"{expressions[index]}: {Sorted(expected[index])}", $"{expressions[index]}: {Sorted(Find(expressions[index], log))}");
    }

    static string[] AskOriginal(string library, TemporaryFolder folder)
    {
        string libraries = Path.GetDirectoryName(library)!;
        return CProgram.Run(
            "#include <stdlib.h>\n" + Original.Replace("int main(void) {", "int main(void) { dlopen(CAPNG, RTLD_NOW | RTLD_GLOBAL); dlopen(AUDIT, RTLD_NOW | RTLD_GLOBAL);"),
            $"-DLIBRARY=\"{library}\"", $"-DAUDIT=\"{libraries}/libaudit.so.1\"", $"-DCAPNG=\"{libraries}/libcap-ng.so.0\"", $"-DINPUT=\"{folder["expressions"]}\"", $"-DLOG=\"{folder["log"]}\"", "-ldl");
    }

    static string Find(string text, string log)
    {
        var diagnostics = new DiagnosticBag();
        var host = new TestHost(File.ReadAllText("/etc/passwd"), File.ReadAllText("/etc/group"));
        if (new ExpressionCompiler(host).Compile(text, diagnostics) is not { } expression)
            return "refused";
        using var stream = new MemoryStream(KnownTo309(log));
        using var search = new TrailSearch(new TrailReader(stream), new SearchPlan([expression]), new EventAssembler());
        string found = "found ";
        while (search.TryNext(out AuditEvent? match))
            found += match.Stamp.Serial.ToString(CultureInfo.InvariantCulture) + " ";
        return found;
    }

    // libauparse gives events in the order in which they end, and one twice whose records come apart.
    static string Sorted(string events) => string.Join(' ', events.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().Order(StringComparer.Ordinal));

    // It has no number for types that came later.
    static byte[] KnownTo309(string log) =>
        [.. TestLogs.Lines(log).Where(line => line.AsSpan().IndexOf("type=LANDLOCK_"u8) < 0).SelectMany(line => line.Append((byte)'\n'))];

    static string Compose(Random random, int depth) => random.Next(depth == 0 ? 1 : 4) switch
    {
        0 => s_terms[random.Next(s_terms.Length)],
        1 => "!" + Compose(random, depth - 1),
        2 => $"({Compose(random, depth - 1)} && {Compose(random, depth - 1)})",
        _ => $"({Compose(random, depth - 1)} || {Compose(random, depth - 1)})",
    };

    static string Libauparse()
    {
        string root = RepositoryFiles.PathOf("artifacts", "yardsticks", "root");
        return Directory.Exists(root) ? Directory.GetFiles(root, "libauparse.so.0", SearchOption.AllDirectories).FirstOrDefault("") : "";
    }
}
