using System.Runtime.InteropServices;
using System.Text;
using Akashi.Interpretation;
using Akashi.Linux.Interop;
using Akashi.Output;
using Akashi.Records;
using Akashi.Tables;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.LibAudit.Auparse;

/// <summary>What a value is interpreted with, as audit 3.0's tools hand it over.</summary>
[StructLayout(LayoutKind.Sequential)]
unsafe struct LooseField
{
    internal int Machine;
    internal int Syscall;
    internal ulong A0;
    internal ulong A1;
    internal byte* Directory;
    internal byte* Name;
    internal byte* Value;
}

/// <summary>In no header: what the tools of audit 3.0 (ausearch, aureport, auditctl, auditd) take from libauparse, with the arguments that they give it.</summary>
/// <remarks>They have a value without its record. It's interpreted in one that is made of what they know: the call, and what a daemon looked up for the line that they look at.</remarks>
static unsafe class ToolFunctions
{
    static readonly Lock s_changing = new();
    static byte[] s_enrichment = [];

    /// <summary>Takes in what stands behind 0x1D of the line that is looked at. 0; -1 where memory has run out.</summary>
    [UnmanagedCallersOnly(EntryPoint = "_auparse_load_interpretations")]
    internal static int LoadInterpretations(byte* text)
    {
        try
        {
            byte[] taken = CText.Of(text).ToArray();
            lock (s_changing)
                s_enrichment = taken;
            return 0;
        }
        catch (Exception fault)
        {
            return Guard.Explain(fault, -1);
        }
    }

    /// <summary>Another line begins.</summary>
    [UnmanagedCallersOnly(EntryPoint = "_auparse_free_interpretations")]
    internal static void FreeInterpretations()
    {
        lock (s_changing)
            s_enrichment = [];
    }

    /// <summary>What was looked up for a field, without quotes; the caller frees it. NULL for none.</summary>
    /// <param name="name">The field's name as the record's body has it: in small letters.</param>
    [UnmanagedCallersOnly(EntryPoint = "_auparse_lookup_interpretation")]
    internal static byte* LookUpInterpretation(byte* name)
    {
        ReadOnlySpan<byte> wanted = CText.Of(name);
        if (wanted.ContainsAnyInRange((byte)'A', (byte)'Z'))
            return null;
        lock (s_changing)
        {
            foreach (Field field in new FieldEnumerator(s_enrichment))
            {
                if (Ascii.EqualsIgnoreCase(field.Name, wanted))
                    return CText.Copy(field.Value.Trim((byte)'"'));
            }
        }

        return null;
    }

    /// <summary>Forgets the names of accounts.</summary>
    [UnmanagedCallersOnly(EntryPoint = "_auparse_flush_caches")]
    internal static void FlushCaches()
    {
        try
        {
            Parser.Host.Accounts.Forget();
        }
        catch (Exception fault)
        {
            Guard.Explain(fault, 0);
        }
    }

    /// <summary>What kind of value a field has, a number of auparse_type_t.</summary>
    [UnmanagedCallersOnly(EntryPoint = "auparse_interp_adjust_type")]
    internal static int AdjustType(int type, byte* name, byte* value)
    {
        try
        {
            return (int)FieldClassification.Of((RecordType)type, CText.Of(name), CText.Of(value));
        }
        catch (Exception fault)
        {
            return Guard.Explain(fault, 0);
        }
    }

    /// <summary>A value in words; the caller frees it. NULL with errno EINVAL where there is none, ENOMEM where memory has run out.</summary>
    /// <param name="type">A number of auparse_type_t.</param>
    /// <param name="field">The value, and what is known of its record.</param>
    /// <param name="mode">How the words are escaped: 0 to 3.</param>
    [UnmanagedCallersOnly(EntryPoint = "auparse_do_interpretation")]
    internal static byte* Interpret(int type, LooseField* field, int mode)
    {
        if (field == null || field->Name == null || field->Value == null || mode is < 0 or > (int)EscapeMode.ShellQuote)
        {
            Guard.Refuse(0);
            return null;
        }

        try
        {
            return Escaped(Words(type, *field), (EscapeMode)mode);
        }
        catch (Exception fault)
        {
            Guard.Explain(fault, 0);
            return null;
        }
    }

    static ReadOnlySpan<byte> Words(int type, in LooseField field)
    {
        ReadOnlySpan<byte> value = CText.Of(field.Value);
        if (type <= 0 || !Enum.IsDefined((FieldType)type) || !Record.TryParse(LineOf(field), out Record record, out _))
            return value;
        var text = new InterpretedText();
        var context = new RecordContext(record);
        new Interpreter(Parser.Host).Interpret(ref context, FieldIndex.EntryOf(CText.Of(field.Name)), (FieldType)type, value, text);
        return text.Bytes;
    }

    // A SYSCALL record of what is known.
    static byte[] LineOf(in LooseField field)
    {
        string machine = Enum.IsDefined((Machine)field.Machine) ? $" arch={((Machine)field.Machine).ToElf():x}" : "";
        string call = $"type=SYSCALL msg=audit(0.000:0):{machine} syscall={field.Syscall} a0={field.A0:x} a1={field.A1:x}";
        lock (s_changing)
            return [.. Encoding.ASCII.GetBytes(call), Record.EnrichmentSeparator, .. s_enrichment];
    }

    static byte* Escaped(ReadOnlySpan<byte> text, EscapeMode mode)
    {
        if (EscapedText.IsPlain(text, mode))
            return CText.Copy(text);
        var copy = (byte*)PlainLibC.malloc(((nuint)text.Length * EscapedText.LengthMax) + 1);
        if (copy == null)
            throw new OutOfMemoryException();
        EscapedText.Write(text, mode, copy);
        return copy;
    }
}
