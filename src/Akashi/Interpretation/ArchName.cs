using Akashi.Tables;

namespace Akashi.Interpretation;

/// <summary>The machine of an <c>arch=</c> number.</summary>
static class ArchName
{
    public static void Write(ReadOnlySpan<byte> value, InterpretedText text)
    {
        if (!RawNumber.TryHex(value, out ulong elf))
        {
            RawNumber.WriteFault(value, text);
            return;
        }

        if (!Machines.TryFromElf((long)elf, out Machine machine))
        {
            text.Append("unknown-elf-type("u8);
            text.Append(value);
            text.Append((byte)')');
            return;
        }

        NameLookup.Write(MachineNames.Names, (long)machine, "unknown-machine-type"u8, text);
    }
}
