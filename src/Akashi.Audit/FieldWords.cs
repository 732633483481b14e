using Akashi.Formats;
using Akashi.Host;
using Akashi.Interpretation;
using Akashi.Normalization;
using CoreEvent = Akashi.Events.AuditEvent;

namespace Akashi.Audit;

/// <summary>What interprets and normalises what one <see cref="AuditEvent"/> becomes. Made when one is first asked for.</summary>
/// <param name="host">This machine.</param>
sealed class FieldWords(IHost host)
{
    readonly Interpreter _interpreter = new(host);
    EventWords? _words;
    EventNormalizer? _normalizer;
    EventFieldText? _fields;

    /// <summary>The words of the fields of normalised events.</summary>
    internal EventFieldText Fields => _fields ??= new EventFieldText(_interpreter);

    /// <summary>Who says what an event is about.</summary>
    internal EventNormalizer Normalizer => _normalizer ??= new EventNormalizer(_interpreter, host.Accounts);

    /// <summary>Its event becomes another one.</summary>
    internal void Clear() => _words?.Clear();

    /// <summary>As <see cref="EventWords.Of"/>.</summary>
    internal ReadOnlySpan<byte> Of(CoreEvent core, int recordIndex, scoped ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) =>
        (_words ??= new EventWords(_interpreter)).Of(core, recordIndex, name, value);
}
