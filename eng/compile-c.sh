#!/usr/bin/env bash
# Compiles one C file to artifacts/eng/<its name> when it is newer than the program; prints the program's path.
#   eng/compile-c.sh FILE.c [gcc option…]
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source=$1
program="$root/artifacts/eng/$(basename "$source" .c)"
if [[ ! $program -nt $source ]]; then
    mkdir -p "${program%/*}"
    # Renamed into place, so that two at once never see half a program.
    gcc -O2 -Wall -Wextra -Werror -o "$program.$$" "$source" "${@:2}"
    mv -f "$program.$$" "$program"
fi
echo "$program"
