using System.Buffers;
using System.Text;

namespace Akashi.Recordings;

// Bytes to code points, code points to states and actions.
public sealed partial class Screen
{
    const int ParametersMax = 32;
    const int ParameterValueMax = int.MaxValue / 10 - 10;
    const int IntermediatesMax = 2;
    const int Replacement = 0xFFFD;

    readonly byte[] _partial = new byte[4];
    readonly int[] _parameters = new int[ParametersMax];
    int _partialBytes;
    int _parameterCount = 1;
    uint _subparameters;
    bool _dropsDigits;
    int _intermediates;
    int _prefix;
    ParserState _state;
    int _precedingColumns;

    enum ParserState : byte
    {
        Ground,
        Escape,
        EscapeIntermediate,
        ControlEntry,
        ControlParameter,
        ControlIntermediate,
        ControlIgnore,

        // Operating system commands: BEL ends them too.
        Command,

        // Device control, APC, PM, SOS.
        Text,
    }

    /// <summary>Draws what bytes say.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_partialBytes > 0)
            {
                bytes = bytes[CompletePartial(bytes[0])..];
                continue;
            }

            if (_state == ParserState.Ground)
            {
                int run = bytes.IndexOfAnyExceptInRange((byte)0x20, (byte)0x7E);
                if (run < 0)
                    run = bytes.Length;
                if (run > 0)
                {
                    PrintAscii(bytes[..run]);
                    bytes = bytes[run..];
                    continue;
                }
            }

            byte first = bytes[0];
            if (first < 0x80)
            {
                Take(first);
                bytes = bytes[1..];
            }
            else
            {
                bytes = bytes[TakeMultibyte(bytes)..];
            }
        }
    }

    int TakeMultibyte(ReadOnlySpan<byte> bytes)
    {
        OperationStatus status = Rune.DecodeFromUtf8(bytes, out Rune rune, out int consumed);
        if (status == OperationStatus.NeedMoreData)
        {
            bytes.CopyTo(_partial);
            _partialBytes = bytes.Length;
            return bytes.Length;
        }

        Take(status == OperationStatus.Done ? rune.Value : Replacement);
        return consumed;
    }

    // The bytes kept are the beginning of a character. A byte that doesn't continue it ends it, and stands for itself.
    int CompletePartial(byte next)
    {
        _partial[_partialBytes] = next;
        OperationStatus status = Rune.DecodeFromUtf8(_partial.AsSpan(0, _partialBytes + 1), out Rune rune, out _);
        if (status == OperationStatus.NeedMoreData)
        {
            _partialBytes++;
            return 1;
        }

        _partialBytes = 0;
        Take(status == OperationStatus.Done ? rune.Value : Replacement);
        return status == OperationStatus.Done ? 1 : 0;
    }

    void Take(int code)
    {
        if (code == 0x1B)
            Enter(ParserState.Escape);
        else if (code is 0x18 or 0x1A || code is >= 0x80 and < 0xA0)
            TakeAnywhere(code);
        else
            TakeInState(code);
    }

    // CAN and SUB end whatever is being read; so do the C1 controls, which mean the same as ESC and a letter.
    void TakeAnywhere(int code)
    {
        switch (code)
        {
            case 0x90 or 0x98 or 0x9E or 0x9F:
                Enter(ParserState.Text);
                break;
            case 0x9B:
                Enter(ParserState.ControlEntry);
                break;
            case 0x9D:
                Enter(ParserState.Command);
                break;
            case 0x84 or 0x85 or 0x88:
                Enter(ParserState.Ground);
                Execute(code);
                break;
            default:
                Enter(ParserState.Ground);
                break;
        }
    }

    void Enter(ParserState state)
    {
        if (_state is ParserState.Command or ParserState.Text || state is ParserState.Ground)
            _precedingColumns = 0;
        _state = state;
        (_intermediates, _prefix, _parameterCount, _subparameters, _dropsDigits) = (0, 0, 1, 0, false);
        _parameters[0] = 0;
    }

    void TakeInState(int code)
    {
        if (code < 0x20 && _state < ParserState.Command)
        {
            Execute(code);
            return;
        }

        switch (_state)
        {
            case ParserState.Ground:
                if (code != 0x7F)
                    Print(code);
                break;
            case ParserState.Escape or ParserState.EscapeIntermediate:
                TakeEscape(code);
                break;
            case ParserState.Command:
                if (code == 0x07)
                    Enter(ParserState.Ground);
                break;
            case ParserState.Text:
                break;
            default:
                TakeControl(code);
                break;
        }
    }

    void TakeEscape(int code)
    {
        if (code == 0x7F)
            return;
        if (code is >= 0x20 and < 0x30)
        {
            Collect(code);
            _state = ParserState.EscapeIntermediate;
            return;
        }

        bool isFirst = _state == ParserState.Escape;
        _state = ParserState.Ground;
        if (code > 0x7F)
            return;
        if (isFirst && code == '[')
            Enter(ParserState.ControlEntry);
        else if (isFirst && code == ']')
            Enter(ParserState.Command);
        else if (isFirst && code is 'P' or 'X' or '^' or '_')
            Enter(ParserState.Text);
        else
            DispatchEscape(code);
    }

    void TakeControl(int code)
    {
        if (code == 0x7F)
            return;
        if (code > 0x7F)
        {
            // Not in any sequence: xterm and its kin end it there.
            if (_state != ParserState.ControlIgnore)
                _state = ParserState.Ground;
            return;
        }

        if (code >= 0x40)
        {
            bool isIgnored = _state == ParserState.ControlIgnore;
            _state = ParserState.Ground;
            if (!isIgnored)
                DispatchControl(code);
            return;
        }

        if (_state == ParserState.ControlIgnore)
            return;
        if (code < 0x30)
        {
            Collect(code);
            _state = ParserState.ControlIntermediate;
        }
        else if (_state == ParserState.ControlIntermediate || (code >= 0x3C && _state == ParserState.ControlParameter))
        {
            _state = ParserState.ControlIgnore;
        }
        else
        {
            _state = ParserState.ControlParameter;
            if (code >= 0x3C)
                _prefix = code;
            else
                TakeParameter(code);
        }
    }

    void Collect(int code)
    {
        // More than two name no function that anybody has.
        _intermediates = _intermediates >= 1 << (8 * IntermediatesMax) ? int.MaxValue : (_intermediates << 8) | code;
    }

    void TakeParameter(int code)
    {
        if (code is ';' or ':')
        {
            if (_parameterCount == ParametersMax)
            {
                _dropsDigits = true;
                return;
            }

            if (code == ':')
                _subparameters |= 1u << _parameterCount;
            _parameters[_parameterCount++] = 0;
            return;
        }

        ref int value = ref _parameters[_parameterCount - 1];
        if (!_dropsDigits)
            value = value >= ParameterValueMax ? ParameterValueMax : value * 10 + (code - '0');
    }

    /// <summary>A parameter, 0 where it's missing.</summary>
    int Parameter(int index) => index < _parameterCount ? _parameters[index] : 0;

    /// <summary>A parameter where 0 and nothing mean 1.</summary>
    int Count(int index = 0) => Math.Max(1, Parameter(index));

    bool IsSubparameter(int index) => index < _parameterCount && ((_subparameters >> index) & 1) != 0;

    void CopyParser(Screen other)
    {
        other._partial.CopyTo(_partial, 0);
        other._parameters.CopyTo(_parameters, 0);
        (_partialBytes, _parameterCount, _subparameters, _dropsDigits) =
            (other._partialBytes, other._parameterCount, other._subparameters, other._dropsDigits);
        (_intermediates, _prefix, _state, _precedingColumns) = (other._intermediates, other._prefix, other._state, other._precedingColumns);
    }
}
