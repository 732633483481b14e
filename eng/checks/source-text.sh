#!/usr/bin/env bash
# Cheap checks of every text file in the repository: line ends, trailing blanks, a last newline, tabs in C#.
set -uo pipefail
cd "$(dirname "$0")/../.."

if ! git -c safe.directory='*' rev-parse >/dev/null 2>&1; then
    echo 'skip text files: git, or its working copy, is not here'
    exit 0
fi

# Real logs and recorded outputs stay as they came.
mapfile -t files < <(git -c safe.directory='*' ls-files -z --cached --others --exclude-standard -- ':!:testdata' ':!:*.log' ':!:LICENSE' |
    xargs -0 -r sh -c 'for file; do [ -s "$file" ] && [ ! -L "$file" ] && printf "%s\0" "$file"; done' sh | xargs -0 -r grep -Il . --)

# Prints ok, or the files at fault.
report() {
    local name=$1 found=$2
    if [[ -z $found ]]; then echo "ok $name"; else echo "not ok $name: ${found//$'\n'/ }"; fi
}

report 'no trailing blanks' "$(grep -lE '[[:blank:]]+$' -- "${files[@]}")"
report 'lines end with LF alone' "$(grep -lF $'\r' -- "${files[@]}")"
report 'a newline ends each file' "$(grep -LPz '\n\z' -- "${files[@]}")"
report 'no tabs in C#' "$(printf '%s\n' "${files[@]}" | grep '\.cs$' | xargs -r grep -lF $'\t' --)"
report 'shell scripts parse' "$(grep -lE '^#!/usr/bin/env bash' -- "${files[@]}" | while read -r file; do bash -n "$file" 2>/dev/null || echo "$file"; done)"
