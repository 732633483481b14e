using System.Numerics;

namespace Akashi.Rules;

/// <summary>The system calls of a rule: one bit each, as audit_rule_data.mask has them.</summary>
public sealed class SyscallMask
{
    /// <summary>The words of a mask, AUDIT_BITMASK_SIZE.</summary>
    public const int WordCount = 64;

    /// <summary>The highest number that can be set; the 16 bits above it stand for classes of system calls in the kernel.</summary>
    public const int NumberMax = WordCount * 32 - 16 - 1;

    readonly uint[] _words;

    internal SyscallMask(uint[] words) => _words = words;

    /// <summary>No system call at all: the lists that know none.</summary>
    public static SyscallMask None => new(new uint[WordCount]);

    /// <summary>Every system call.</summary>
    public static SyscallMask All
    {
        get
        {
            uint[] words = new uint[WordCount];
            Array.Fill(words, uint.MaxValue);
            return new SyscallMask(words);
        }
    }

    /// <summary>The words, bit n of word n/32 for system call n.</summary>
    public ReadOnlySpan<uint> Words => _words;

    /// <summary>Whether it holds every system call. The last word doesn't count: the kernel clears its class bits.</summary>
    public bool IsAll => !_words.AsSpan(0, WordCount - 1).ContainsAnyExcept(uint.MaxValue);

    /// <summary>How many system calls it holds.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            foreach (uint word in _words)
                count += BitOperations.PopCount(word);
            return count;
        }
    }

    /// <summary>The lowest system call that it holds; -1 where there is none.</summary>
    public int First
    {
        get
        {
            int index = _words.AsSpan().IndexOfAnyExcept(0u);
            return index < 0 ? -1 : index * 32 + BitOperations.TrailingZeroCount(_words[index]);
        }
    }

    /// <summary>Whether it holds a system call.</summary>
    public bool Contains(int number) =>
        (uint)number < WordCount * 32 && (_words[number / 32] & (1u << (number % 32))) != 0;

    internal void Add(SyscallMask other)
    {
        for (int index = 0; index < WordCount; index++)
            _words[index] |= other._words[index];
    }

    internal void Add(int number) => _words[number / 32] |= 1u << (number % 32);
}
