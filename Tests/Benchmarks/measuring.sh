# Runs a tool once, keeps how it went, and makes medians of it. Sourced by `run`.
#
# A line of results: work, tool, seconds, own CPU seconds, peak KiB, zfs processes, exit status, logins.

# measured WORK TOOL COMMAND…
measured() {
  local work=$1 tool=$2 status=0 taken; shift 2
  : > "$FAKE_CALLS"; rm -f "$ground/taken"
  "$ground/measure" "$ground/taken" "$@" > "$ground/output" 2>&1 < /dev/null || status=$?
  taken=$(cat "$ground/taken" 2> /dev/null || echo "0 0 0 $status")
  if [ "$status" != 0 ]; then
    { echo "$tool ended with $status ($work):"; tail -3 "$ground/output"; } >&2
  fi
  # shellcheck disable=SC2086
  set -- $taken
  printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$work" "$tool" "$1" "$2" "$3" "$(wc -l < "$FAKE_CALLS")" \
    "$4" "$([ -z "$server" ] || logins)" >> "$results"
}

# A run that prepares what is measured then; it has to end well, but nobody asks how long it takes.
prepared() {
  "$@" > "$ground/output" 2>&1 < /dev/null && return
  { echo "preparing failed: $*"; tail -3 "$ground/output"; } >&2
  return 1
}

# median WORK TOOL COLUMN
median() {
  awk -F'\t' -v work="$1" -v tool="$2" -v column="$3" '$1 == work && $2 == tool { print $column }' "$results" \
    | sort -g | awk '{ value[NR] = $1 } END { if (NR) print NR % 2 ? value[(NR + 1) / 2] : (value[NR / 2] + value[NR / 2 + 1]) / 2 }'
}

# calculate EXPRESSION: nothing where a value is missing.
calculate() { awk "BEGIN { printf \"%.6g\", $1 }" 2> /dev/null; }

# bar WORDS FOUND LIMIT [least]: what is asked of zferry, and whether it is met. LIMIT is the most that
# FOUND may be, or the least. Nothing is said where a peer was missing.
bar() {
  [ -n "$2" ] && [ -z "$smoke" ] || return 0
  local met
  met=$(awk -v found="$2" -v limit="$3" -v least="${4:-}" \
    'BEGIN { print (least != "" ? found + 0 >= limit + 0 : found + 0 <= limit + 0) ? "met" : "**not met**" }')
  printf '%s\t%s%s\t%.3g\t%s\n' "$1" "${4:+at least }" "$3" "$2" "$met" >> "$bars"
}

# ratio WORK TOOL OTHER: the median time of TOOL as a part of OTHER's.
ratio() {
  local ours theirs
  ours=$(median "$1" "$2" 3) theirs=$(median "$1" "$3" 3)
  [ -n "$ours" ] && [ -n "$theirs" ] && calculate "$ours / $theirs"
}

note() { printf '%s\n' "$*" >> "$notes"; }

said() { printf '%s  %s\n' "$(date +%H:%M:%S)" "$*" >&2; }

# Whether the copies hold the snapshots of the sources, by GUID.
same_guids() {
  local side
  for side in origin copies; do
    zfs list -Hp -r -t snapshot -o name,guid $side/data | sed "s|^$side/||" | sort > "$ground/guids.$side"
  done
  cmp -s "$ground/guids.origin" "$ground/guids.copies"
}

# What CI holds zferry to: counts, never times. A number that can come down is lowered here.
check_counts() {
  awk -F'\t' -v some="$some" '
    function most(limit, what, found) {
      if (found > limit) { print $1 ": " found " " what ", at most " limit " are allowed"; bad = 1 }
    }
    $7 != 0 { print $1 ": ended with " $7; bad = 1 }
    /^Nothing to do/ { most(4, "zfs processes", $6) }
    /^Nothing to do over SSH/ { most(1, "logins", $8) }
    # What has arrived is looked for each second, so that a slow machine asks more often.
    /^One new snapshot/ { most(6 + 4 * some + int($3), "zfs processes", $6) }
    END { if (!NR) { print "nothing was measured"; bad = 1 } exit bad }' "$results" >&2
}
