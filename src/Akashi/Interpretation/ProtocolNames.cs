namespace Akashi.Interpretation;

/// <summary>Protocols by number, as protocols(5) of Debian's netbase lists them.</summary>
static class ProtocolNames
{
    /// <summary>The name of a protocol; false, and empty, where it has none.</summary>
    public static bool TryGet(ulong number, out ReadOnlySpan<byte> name)
    {
        name = number switch
        {
            0 => "ip"u8,
            1 => "icmp"u8,
            2 => "igmp"u8,
            3 => "ggp"u8,
            4 => "ipencap"u8,
            5 => "st"u8,
            6 => "tcp"u8,
            8 => "egp"u8,
            9 => "igp"u8,
            12 => "pup"u8,
            17 => "udp"u8,
            20 => "hmp"u8,
            22 => "xns-idp"u8,
            27 => "rdp"u8,
            29 => "iso-tp4"u8,
            33 => "dccp"u8,
            36 => "xtp"u8,
            37 => "ddp"u8,
            38 => "idpr-cmtp"u8,
            41 => "ipv6"u8,
            43 => "ipv6-route"u8,
            44 => "ipv6-frag"u8,
            45 => "idrp"u8,
            46 => "rsvp"u8,
            47 => "gre"u8,
            50 => "esp"u8,
            51 => "ah"u8,
            57 => "skip"u8,
            58 => "ipv6-icmp"u8,
            59 => "ipv6-nonxt"u8,
            60 => "ipv6-opts"u8,
            73 => "rspf"u8,
            81 => "vmtp"u8,
            88 => "eigrp"u8,
            89 => "ospf"u8,
            93 => "ax.25"u8,
            94 => "ipip"u8,
            97 => "etherip"u8,
            98 => "encap"u8,
            103 => "pim"u8,
            108 => "ipcomp"u8,
            112 => "vrrp"u8,
            115 => "l2tp"u8,
            124 => "isis"u8,
            132 => "sctp"u8,
            133 => "fc"u8,
            135 => "mobility-header"u8,
            136 => "udplite"u8,
            137 => "mpls-in-ip"u8,
            138 => "manet"u8,
            139 => "hip"u8,
            140 => "shim6"u8,
            141 => "wesp"u8,
            142 => "rohc"u8,
            143 => "ethernet"u8,
            _ => default,
        };
        return !name.IsEmpty;
    }
}
