using System.Globalization;
using System.Text;
using Akashi.Host;
using Akashi.Interpretation;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Cli.Auditctl;

/// <summary>The words of a system call's argument in a rule: those that the record of such a call would get.</summary>
sealed class ArgumentWords(IHost host)
{
    readonly Interpreter _interpreter = new(host);
    readonly InterpretedText _text = new();

    /// <summary>The words; hexadecimal digits where there are none.</summary>
    public string Of(Machine machine, int syscall, int index, uint value)
    {
        string digits = value.ToString("x", CultureInfo.InvariantCulture);
        byte[] line = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"type=SYSCALL msg=audit(1.000:1): arch={machine.ToElf():x} syscall={syscall} a{index}={digits}"));
        _text.Clear();
        bool isKnown = Record.TryParse(line, out Record record, out _)
            && _interpreter.TryInterpret(record, Encoding.ASCII.GetBytes($"a{index}"), Encoding.ASCII.GetBytes(digits), _text);
        return isKnown ? Encoding.UTF8.GetString(_text.Bytes).TrimEnd() : "0x" + digits.ToUpperInvariant();
    }
}
