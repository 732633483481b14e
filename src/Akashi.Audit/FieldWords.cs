using Akashi.Formats;
using Akashi.Host;
using Akashi.Interpretation;
using Akashi.Normalization;
using Akashi.Records;

namespace Akashi.Audit;

/// <summary>What interprets and normalises the events of one reader. Made when one is first asked for.</summary>
/// <param name="host">This machine.</param>
sealed class FieldWords(IHost host)
{
    readonly Interpreter _interpreter = new(host);
    readonly InterpretedText _text = new();
    EventNormalizer? _normalizer;
    EventFieldText? _fields;

    /// <summary>The words of the fields of normalised events.</summary>
    internal EventFieldText Fields => _fields ??= new EventFieldText(_interpreter);

    /// <summary>Who says what an event is about.</summary>
    internal EventNormalizer Normalizer => _normalizer ??= new EventNormalizer(_interpreter, host.Accounts);

    /// <summary>A value in words; itself where it has none. Valid until the next call.</summary>
    internal ReadOnlySpan<byte> Interpret(scoped in Record record, scoped ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) =>
        _interpreter.TryInterpret(record, name, value, _text) ? _text.Bytes : value;
}
