using System.Runtime.InteropServices;
using System.Text;

namespace Akashi.Linux.Processes;

/// <summary>An array of C strings ended by a null pointer, as argv and envp are; to be freed by Dispose.</summary>
sealed unsafe class NativeStrings : IDisposable
{
    readonly int _count;

    internal NativeStrings(IReadOnlyList<string> texts)
    {
        _count = texts.Count;
        Pointer = (byte**)NativeMemory.AllocZeroed((nuint)_count + 1, (nuint)sizeof(byte*));
        for (int index = 0; index < _count; index++)
        {
            int length = Encoding.UTF8.GetByteCount(texts[index]);
            Pointer[index] = (byte*)NativeMemory.AllocZeroed((nuint)length + 1);
            Encoding.UTF8.GetBytes(texts[index], new Span<byte>(Pointer[index], length));
        }
    }

    /// <summary>The array, valid until Dispose.</summary>
    internal byte** Pointer { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        for (int index = 0; index < _count; index++)
            NativeMemory.Free(Pointer[index]);
        NativeMemory.Free(Pointer);
    }
}
