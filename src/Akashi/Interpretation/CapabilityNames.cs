using Akashi.Tables;

namespace Akashi.Interpretation;

/// <summary>Capabilities, one or a set.</summary>
static class CapabilityNames
{
    public static void Write(ReadOnlySpan<byte> value, InterpretedText text)
    {
        if (RawNumber.TryDecimal(value, out long number))
            NameLookup.Write(Capabilities.Names, number, "unknown-capability"u8, text);
        else
            RawNumber.WriteFault(value, text);
    }

    public static void WriteSet(ReadOnlySpan<byte> value, InterpretedText text)
    {
        if (!RawNumber.TryHex(value, out ulong set))
        {
            RawNumber.WriteFault(value, text);
            return;
        }

        if (set == 0)
        {
            text.Append("none"u8);
            return;
        }

        int start = text.Bytes.Length;
        NameTable names = Capabilities.Names;
        for (int capability = 0; capability < names.Count; capability++)
        {
            if ((set >> capability & 1) == 0 || !names.TryGetName(capability, out ReadOnlySpan<byte> name))
                continue;
            if (text.Bytes.Length > start)
                text.AppendByte((byte)',');
            text.Append(name);
        }
    }
}
