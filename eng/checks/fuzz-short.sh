#!/usr/bin/env bash
# Each fuzz target for some seconds (AKASHI_SEED for others than usual): what breaks one is kept in artifacts/fuzz and named.
set -uo pipefail
cd "$(dirname "$0")/../.."
mkdir -p artifacts/fuzz && cd artifacts/fuzz || exit 1
../dotnet/bin/Akashi.Fuzz/checked/Akashi.Fuzz all "${AKASHI_FUZZ_SECONDS:-3}" "${AKASHI_SEED:-20261121}" | while IFS= read -r line; do
    case $line in
        *FAILED*) echo "not ok ${line%%:*}: ${line#*: }" ;;
        *' inputs, seed '*) echo "ok ${line%%:*}" ;;
        *) echo "$line" ;;
    esac
done
