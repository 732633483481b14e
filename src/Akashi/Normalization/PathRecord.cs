using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Normalization;

/// <summary>The fields of a PATH record that an object is made of.</summary>
readonly ref struct PathRecord
{
    const uint TypeMask = 0xF000;

    PathRecord(EventField name, EventField inode, EventField mode, EventField label, EventField nameType)
    {
        Name = name;
        Inode = inode;
        Mode = mode;
        Label = label;
        NameType = nameType;
    }

    public EventField Name { get; }

    public EventField Inode { get; }

    public EventField Mode { get; }

    public EventField Label { get; }

    /// <summary>What the kernel looked it up for: NORMAL, PARENT, CREATE, DELETE, UNKNOWN.</summary>
    public EventField NameType { get; }

    public bool IsParent => NameType.Value.SequenceEqual("PARENT"u8);

    /// <summary>Reads a record, whatever its type.</summary>
    public static PathRecord Read(EventPart part, int recordIndex)
    {
        EventField name = default, inode = default, mode = default, label = default, nameType = default;
        foreach (Field field in part[recordIndex].Fields)
        {
            var found = new EventField(recordIndex, field.Name, field.Value);
            if (field.Name.SequenceEqual("name"u8))
                name = found;
            else if (field.Name.SequenceEqual("inode"u8))
                inode = found;
            else if (field.Name.SequenceEqual("mode"u8))
                mode = found;
            else if (field.Name.SequenceEqual("obj"u8))
                label = found;
            else if (field.Name.SequenceEqual("nametype"u8))
                nameType = found;
        }

        return new PathRecord(name, inode, mode, label, nameType);
    }

    /// <summary>The kind of file that the mode tells, S_IFMT of inode(7).</summary>
    /// <returns>False where there is no mode, or one of no type.</returns>
    public bool TryGetKind(out ObjectKind kind)
    {
        kind = (ReadOctal(Mode.Value) & TypeMask) switch
        {
            0x1000 => ObjectKind.Fifo,
            0x2000 => ObjectKind.CharDev,
            0x4000 => ObjectKind.Directory,
            0x6000 => ObjectKind.BlockDev,
            0x8000 => ObjectKind.File,
            0xA000 => ObjectKind.Link,
            0xC000 => ObjectKind.Socket,
            _ => ObjectKind.Unknown,
        };
        return kind != ObjectKind.Unknown;
    }

    static uint ReadOctal(ReadOnlySpan<byte> digits)
    {
        uint number = 0;
        foreach (byte digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'7')
                return 0;
            number = (number << 3) | (uint)(digit - '0');
        }

        return number;
    }
}
