using System.Runtime.InteropServices;
using System.Text;

namespace Akashi.Linux.Processes;

/// <summary>An array of C strings ended by a null pointer, as argv and envp are; to be freed by Dispose.</summary>
sealed unsafe class NativeStrings : IDisposable
{
    readonly int _count;

    internal NativeStrings(IReadOnlyList<string> texts)
        : this(texts.Count)
    {
        for (int index = 0; index < _count; index++)
            Encoding.UTF8.GetBytes(texts[index], Room(index, Encoding.UTF8.GetByteCount(texts[index])));
    }

    /// <summary>Of bytes in whatever encoding.</summary>
    internal NativeStrings(IReadOnlyList<byte[]> texts)
        : this(texts.Count)
    {
        for (int index = 0; index < _count; index++)
            texts[index].CopyTo(Room(index, texts[index].Length));
    }

    NativeStrings(int count)
    {
        _count = count;
        Pointer = (byte**)NativeMemory.AllocZeroed((nuint)_count + 1, (nuint)sizeof(byte*));
    }

    /// <summary>The array, valid until Dispose.</summary>
    internal byte** Pointer { get; }

    Span<byte> Room(int index, int length)
    {
        Pointer[index] = (byte*)NativeMemory.AllocZeroed((nuint)length + 1);
        return new Span<byte>(Pointer[index], length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        for (int index = 0; index < _count; index++)
            NativeMemory.Free(Pointer[index]);
        NativeMemory.Free(Pointer);
    }
}
