# Grows a log of a wished size out of real events: repeats them in their order with new stamps, serials rising by one,
# times rising evenly. The same input and settings give the same bytes.
#   awk -f benches/grow.awk -v bytes=200000000 -v rate=5 -v every=20000 LOG… >GROWN
# rate    events a second
# every   one event in so many gets the key "akashi-needle" in place of its own; the search for it finds few
# files   names of files get a number below so many, so that there are as many distinct ones; 0 for the real names
# uids    the user 1001 becomes one of so many that no machine knows, and what was looked up is left out; 0 for the real one
BEGIN { start = 1795000000; serial = 100000 }

# Only whole lines with a stamp; an event is what stands together under one stamp.
match($0, /msg=audit\([0-9]+\.[0-9]+:[0-9]+\)/) && !/^node=/ {
    stamp = substr($0, RSTART, RLENGTH)
    if (stamp != last_stamp) {
        last_stamp = stamp
        first[++events] = lines + 1
    }
    lines++
    head[lines] = substr($0, 1, RSTART - 1)
    tail[lines] = substr($0, RSTART + RLENGTH)
    final[events] = lines
}

END {
    for (made = 0; written < bytes; made++) {
        event = made % events + 1
        second = start + int(made / rate)
        thousandth = int((made % rate) * 1000 / rate)
        stamp = sprintf("msg=audit(%d.%03d:%d)", second, thousandth, serial + made)
        # The needle goes to an event with a key, at an offset so that the first is not the first event of the log.
        wanted = wanted || made % every == int(every / 2)
        for (line = first[event]; line <= final[event]; line++) {
            rest = tail[line]
            if (wanted && rest ~ / key="[^"]*"/) {
                sub(/ key="[^"]*"/, " key=\"akashi-needle\"", rest)
                wanted = 0
            }
            if (files && rest ~ / name="[^"]*"/)
                sub(/ name="[^"]*"/, " name=\"/srv/store/" made % files "\"", rest)
            if (uids) {
                sub(/\035.*/, "", rest)
                gsub(/uid=1001 /, "uid=" 3000000 + made % uids " ", rest)
            }
            print head[line] stamp rest
            written += length(head[line]) + length(stamp) + length(rest) + 1
        }
    }
}
