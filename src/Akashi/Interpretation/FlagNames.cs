using Akashi.Tables;

namespace Akashi.Interpretation;

/// <summary>Flags whose text is more than the names of their bits.</summary>
static class FlagNames
{
    const ulong AccessModeMask = 3;
    const ulong MappingTypeMask = 0x0F;
    const ulong SignalMask = 0xFF;
    const ulong PermissionMask = 0x1FF;

    /// <summary>open(2): the access mode 0 is O_RDONLY.</summary>
    public static void WriteOpen(ulong flags, InterpretedText text, int start)
    {
        if ((flags & AccessModeMask) == 0)
            NameLookup.Join("O_RDONLY"u8, text, start);
        WriteKnownBits(OpenFlags.Names, flags, text, start);
        WriteHexIfNone(flags, text, start);
    }

    /// <summary>clone(2): the low byte is the signal sent at the end.</summary>
    public static void WriteClone(ulong flags, InterpretedText text, int start, ulong signalsMax)
    {
        WriteKnownBits(CloneFlags.Names, flags, text, start);
        ulong signal = flags & SignalMask;
        if (signal > 0 && signal < signalsMax && Signals.Names.TryGetName((long)signal, out ReadOnlySpan<byte> name))
            NameLookup.Join(name, text, start);
        WriteHexIfNone(flags, text, start);
    }

    /// <summary>mmap(2): a type of 0 is MAP_FILE.</summary>
    public static void WriteMmap(ulong flags, InterpretedText text, int start)
    {
        if ((flags & MappingTypeMask) == 0)
            NameLookup.Join("MAP_FILE"u8, text, start);
        WriteKnownBits(MmapFlags.Names, flags, text, start);
        WriteHexIfNone(flags, text, start);
    }

    /// <summary>shmget(2): what to make, and the mode.</summary>
    public static void WriteSharedMemory(ulong flags, InterpretedText text, int start)
    {
        WriteKnownBits(IpcCommands.Names, flags, text, start);
        WriteKnownBits(SharedMemoryModes.Names, flags, text, start);
        Span<byte> mode = stackalloc byte[4];
        mode[0] = (byte)'0';
        for (int digit = 0; digit < 3; digit++)
            mode[digit + 1] = (byte)('0' + (((flags & PermissionMask) >> (3 * (2 - digit))) & 7));
        NameLookup.Join(mode, text, start);
    }

    static void WriteKnownBits(NameTable names, ulong flags, InterpretedText text, int start)
    {
        for (int index = 0; index < names.Count; index++)
        {
            if (((ulong)names.NumberAt(index) & flags) != 0)
                NameLookup.Join(names.NameAt(index), text, start);
        }
    }

    static void WriteHexIfNone(ulong flags, InterpretedText text, int start)
    {
        if (text.Bytes.Length == start)
            NameLookup.WriteHex(flags, text);
    }
}
