using Akashi.Tables;

namespace Akashi.Interpretation;

/// <summary>Execution domains, personality(2).</summary>
static class PersonalityName
{
    const ulong NoRandomize = 0x0040000;

    public static void Write(ulong number, InterpretedText text)
    {
        if (!Personalities.Names.TryGetName((long)(number & ~NoRandomize), out ReadOnlySpan<byte> name))
        {
            text.Append("unknown-personality(0x"u8);
            text.AppendHex(number);
            text.AppendByte((byte)')');
            return;
        }

        text.Append(name);
        if ((number & NoRandomize) != 0)
            text.Append("|~ADDR_NO_RANDOMIZE"u8);
    }
}
