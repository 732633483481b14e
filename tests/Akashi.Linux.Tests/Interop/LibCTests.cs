using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Akashi.Linux.Interop;

namespace Akashi.Linux.Tests.Interop;

/// <summary>Compares every struct and constant of the interop with what the C compiler makes of the headers.</summary>
public class LibCTests
{
    const string Prologue = """
        #include <errno.h>
        #include <fcntl.h>
        #include <grp.h>
        #include <iconv.h>
        #include <langinfo.h>
        #include <locale.h>
        #include <netdb.h>
        #include <poll.h>
        #include <pwd.h>
        #include <signal.h>
        #include <spawn.h>
        #include <stddef.h>
        #include <stdio.h>
        #include <syslog.h>
        #include <termios.h>
        #include <time.h>
        #include <unistd.h>
        #include <linux/audit.h>
        #include <linux/capability.h>
        #include <linux/fs.h>
        #include <linux/netlink.h>
        #include <linux/sock_diag.h>
        #include <netinet/in.h>
        #include <netinet/tcp.h>
        #include <sys/epoll.h>
        #include <sys/eventfd.h>
        #include <sys/fanotify.h>
        #include <sys/file.h>
        #include <sys/inotify.h>
        #include <sys/ioctl.h>
        #include <sys/mman.h>
        #include <sys/prctl.h>
        #include <sys/resource.h>
        #include <sys/socket.h>
        #include <sys/stat.h>
        #include <sys/statvfs.h>
        #include <sys/syscall.h>
        #include <sys/timex.h>
        #include <sys/un.h>
        #include <sys/utsname.h>
        #include <sys/wait.h>
        #if __has_include(<libaudit.h>)
        #include <libaudit.h>
        #else
        /* As libaudit.h (audit-userspace 4.1) and include/linux/audit.h of the kernel have them. */
        #define MAX_AUDIT_MESSAGE_LENGTH 8970
        struct audit_sig_info { uid_t uid; pid_t pid; char ctx[]; };
        #endif
        int main(void) {

        """;

    [Fact]
    public void Structs_are_laid_out_as_the_headers_say()
    {
        var source = new StringBuilder(Prologue);
        List<string> ours = [];
        foreach (Type type in Structs())
        {
            string name = type.Name.EndsWith("_t", StringComparison.Ordinal) ? type.Name : "struct " + type.Name;
            source.Append($"printf(\"{type.Name} %zu\\n\", sizeof({name}));\n");
            ours.Add($"{type.Name} {SizeOf(type)}");
            foreach (FieldInfo field in Members(type))
            {
                source.Append(
                    $"printf(\"{type.Name}.{field.Name} %zu %zu\\n\", offsetof({name}, {field.Name}), sizeof((({name} *)0)->{field.Name}));\n");
                ours.Add($"{type.Name}.{field.Name} {OffsetOf(type, field)} {SizeOf(field.FieldType)}");
            }
        }

        string[] theirs = CompiledProgram.Run(source.Append("return 0; }\n").ToString());

        Assert.NotEmpty(ours);
        Assert.Equal(theirs, ours);
    }

    [Fact]
    public void Constants_have_the_values_of_the_headers()
    {
        var source = new StringBuilder(Prologue);
        List<string> ours = [];
        foreach (FieldInfo constant in Constants())
        {
            source.Append($"printf(\"{constant.Name} %lld\\n\", (long long){constant.Name});\n");
            ours.Add($"{constant.Name} {constant.GetRawConstantValue()}");
        }

        string[] theirs = CompiledProgram.Run(source.Append("return 0; }\n").ToString());

        Assert.NotEmpty(ours);
        Assert.Equal(theirs, ours);
    }

    [Fact]
    public void Every_struct_is_blittable()
    {
        foreach (Type type in Structs())
            Assert.Equal(SizeOf(type), Marshal.SizeOf(type));
    }

    [Theory]
    [InlineData(0u, 0u)]
    [InlineData(8u, 1u)]
    [InlineData(259u, 3u)]
    [InlineData(0xFFFu, 0xFFu)]
    [InlineData(0x12345u, 0xABCDE)]
    [InlineData(0xFFFFFFFFu, 0xFFFFFFFFu)]
    public void Device_numbers_are_composed_as_makedev_does(uint major, uint minor)
    {
        string source = $$"""
            #include <stdio.h>
            #include <sys/sysmacros.h>
            int main(void) { printf("%llu\n", (unsigned long long)makedev({{major}}u, {{minor}}u)); return 0; }
            """;

        Assert.Equal([LibC.makedev(major, minor).ToString()], CompiledProgram.Run(source));
    }

    static IEnumerable<Type> Structs() => typeof(LibC).GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic)
        .Where(type => type.IsValueType && !type.IsEnum).OrderBy(type => type.Name, StringComparer.Ordinal);

    static IEnumerable<FieldInfo> Constants()
        => typeof(LibC).GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)
            .Where(field => field.IsLiteral && field.Name != "Library");

    // An underscore marks padding and opaque contents.
    static IEnumerable<FieldInfo> Members(Type type) => type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        .Where(field => !field.Name.StartsWith('_'));

    static int SizeOf(Type type) => type.IsPointer
        ? IntPtr.Size
        : (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;

    static nint OffsetOf(Type type, FieldInfo field) => Marshal.OffsetOf(type, field.Name);
}
