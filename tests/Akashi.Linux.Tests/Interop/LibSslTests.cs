using System.Reflection;
using System.Text;
using Akashi.Linux.Interop;

namespace Akashi.Linux.Tests.Interop;

public class LibSslTests
{
    [Fact]
    public void Constants_of_OpenSSL_have_the_values_of_its_headers()
    {
        Assert.SkipUnless(File.Exists("/usr/include/openssl/ssl.h"), "libssl-dev isn't installed");
        var source = new StringBuilder("#include <stdio.h>\n#include <openssl/ssl.h>\n#include <openssl/x509v3.h>\nint main(void) {\n");
        List<string> ours = [];
        foreach (FieldInfo constant in Constants(typeof(LibSsl)).Concat(Constants(typeof(LibCrypto))))
        {
            source.Append($"printf(\"{constant.Name} %lld\\n\", (long long){constant.Name});\n");
            ours.Add($"{constant.Name} {constant.GetRawConstantValue()}");
        }

        string[] theirs = CompiledProgram.Run(source.Append("return 0; }\n").ToString());

        Assert.True(ours.Count > 40);
        Assert.Equal(theirs, ours);
    }

    static IEnumerable<FieldInfo> Constants(Type type) =>
        type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public).Where(field => field.IsLiteral && !field.Name.EndsWith("Library", StringComparison.Ordinal));
}
