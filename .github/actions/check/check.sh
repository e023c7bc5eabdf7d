#!/usr/bin/env bash
# Runs `citecheck check` with what the environment says. Every word is passed on as it is: nothing is evaluated.
set -uo pipefail

arguments=()
while IFS= read -r source; do
  [[ -n "$source" ]] && arguments+=("$source")
done <<<"${SOURCES:-.}"
options=(--format github --write "sarif=$SARIF")
[[ -n "${CHANGED_SINCE:-}" ]] && options+=(--changed-since "$CHANGED_SINCE")
[[ -n "${FAIL_ON:-}" ]] && options+=(--fail-on "$FAIL_ON")
[[ -n "${CONFIG:-}" ]] && options+=(--config "$CONFIG")
while IFS= read -r option; do
  [[ -n "$option" ]] && options+=("$option")
done <<<"${OPTIONS:-}"

export XDG_CACHE_HOME="${STORE:?}"
citecheck check "${options[@]}" -- "${arguments[@]}"
code=$?
echo "exit-code=$code" >>"$GITHUB_OUTPUT"
[[ -f "$SARIF" ]] && echo "sarif=$SARIF" >>"$GITHUB_OUTPUT"
exit "$code"
