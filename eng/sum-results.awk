# Sums up one CTRF file (the JSON that an xunit.v3 program writes with -ctrf): first line "passed failed skipped",
# then one line for each skipped test, "skipped: NAME: reason".
# CTRF and not xunit's own XML: that writer gives up in the middle of a file when a message holds "]]>".
# Records are cut before each test. A quote inside a JSON string is always \", so the marks below cannot be forged by
# a test's name or message.
BEGIN { RS = "[{]\"name\":\"" }

# The JSON string value that stands before its closing quote at the start of text, readable on one line.
function unquoted(text,    end) {
    end = match(text, /[^\\](\\\\)*"/)
    text = end ? substr(text, 1, RSTART + RLENGTH - 2) : ""
    gsub(/\\u[0-9a-fA-F][0-9a-fA-F][0-9a-fA-F][0-9a-fA-F]|\\[nrt]/, " ", text)
    gsub(/\\+"/, "\"", text)
    gsub(/\\\\/, "\\", text)
    return text
}

function number_after(mark, text,    at) {
    at = index(text, mark)
    return at ? substr(text, at + length(mark)) + 0 : -1
}

# The summary stands before the list of tests, in the record of the tool's own name.
!summed && (at = index($0, "\"summary\":{")) {
    summary = substr($0, at)
    printf "%d %d %d\n", number_after("\"passed\":", summary), number_after("\"failed\":", summary), \
        number_after("\"skipped\":", summary)
    summed = 1
}

(at = index($0, "\",\"status\":\"skipped\"")) {
    reason = index($0, "\"reason\":\"") ? unquoted(substr($0, index($0, "\"reason\":\"") + 10)) : "no reason given"
    print "skipped: " unquoted($0) ": " reason
}
