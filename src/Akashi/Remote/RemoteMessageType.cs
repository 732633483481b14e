namespace Akashi.Remote;

/// <summary>What a message of the managed protocol is; a reply says by its bits how it is meant.</summary>
public enum RemoteMessageType : uint
{
    /// <summary>A record.</summary>
    Message = 0,

    /// <summary>Nothing but a sign of life; answered as a record is.</summary>
    Heartbeat = 1,

    /// <summary>Records of a stream, packed; of ours, and only where the receiver takes them.</summary>
    Pack = 2,

    /// <summary>The message of that sequence is received.</summary>
    Acknowledgement = 0x4000_0000,

    /// <summary>The receiver ends; sequence 0.</summary>
    Ending = 0x4000_0001,

    /// <summary>Received, but the receiver's disk is low.</summary>
    DiskLow = 0x5000_0001,

    /// <summary>Not received: the receiver's disk is full.</summary>
    DiskFull = 0x6000_0001,

    /// <summary>Not received: the receiver's disk refuses, or its logging is suspended.</summary>
    DiskError = 0x6000_0002,
}

/// <summary>The bits of a type that say how it is meant.</summary>
public static class RemoteMessageTypes
{
    const uint Reply = 0x4000_0000;
    const uint Fatal = 0x2000_0000;
    const uint Warning = 0x1000_0000;

    extension(RemoteMessageType type)
    {
        /// <summary>Whether it answers a message: only a receiver sends it.</summary>
        public bool IsReply => ((uint)type & Reply) != 0;

        /// <summary>Whether the message wasn't received.</summary>
        public bool IsFatal => ((uint)type & Fatal) != 0;

        /// <summary>Whether the message was received with a warning.</summary>
        public bool IsWarning => ((uint)type & Warning) != 0;
    }
}
