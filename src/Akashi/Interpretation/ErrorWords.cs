using System.Text;
using Akashi.Host;

namespace Akashi.Interpretation;

/// <summary>The words of errors, in bytes: asked of the machine once for each.</summary>
/// <param name="host">The machine.</param>
sealed class ErrorWords(IHost host)
{
    // <asm-generic/errno.h>: the last is EHWPOISON, 133; those of the kernel alone go to 530.
    const int KeptMax = 530;

    readonly byte[]?[] _words = new byte[]?[KeptMax + 1];

    /// <summary>As <see cref="IHost.DescribeError"/>.</summary>
    public ReadOnlySpan<byte> Of(int errno) => (uint)errno < (uint)_words.Length ? _words[errno] ??= Ask(errno) : Ask(errno);

    byte[] Ask(int errno) => Encoding.UTF8.GetBytes(host.DescribeError(errno));
}
