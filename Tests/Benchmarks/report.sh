# The report, made of the results and nothing else: Markdown that can be read as it is. Sourced by `run`.

report() {
  cat <<END
# Benchmarks

Made by \`make bench\` on $(date -u +%F): medians of $rounds, the tools in turns. \`zfs\` is a fake that has its
answers ready, so what is measured is the tools and not OpenZFS; see Tests/Benchmarks.

- Machine: $(machine)
- zferry $("$zferry" --version)$(revision)
- Beside it: $(beside)

END
  rows | table
  echo
  if [ -s "$bars" ]; then
    echo "## What is asked of zferry"
    echo
    { printf 'Work\tAsked\tFound\t\n'; cat "$bars"; } | table
    echo
  fi
  cat <<END
What bounds the bars that are not met is in [profiles.md](profiles.md).

## How to read it

- Time is of the whole program, from its start to its end. *zferry = 1* says how many times as long a tool
  took as zferry beside it; below 1 it was faster. *First screen* ends when its last row was drawn.
- *Own CPU* is what the tool's first process used, without the processes it started. Peak memory is that of
  the largest process of a run.
- \`zfs\` processes are counted on both sides together. Local streams go into pipes; over SSH both ends are
  on the same cores as the encryption.
END
  sed 's/^/- /' "$notes"
}

machine() {
  printf '%s, %s cores, %s GiB, Linux %s, load %s before and %s after' \
    "$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -1)" "$(nproc)" \
    "$(awk '/MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo)" "$(uname -r | cut -d- -f1)" \
    "$load" "$(cut -d' ' -f1 /proc/loadavg)"
}

revision() {
  local commit
  commit=$(git -C "$repository" describe --always --dirty 2> /dev/null) && echo " ($commit)"
}

beside() {
  local all=
  [ -z "$bzfs" ] || all="bzfs $bzfs_version, "
  [ -z "$syncoid" ] || all="${all}syncoid $syncoid_version, "
  echo "$all$(ssh -V 2>&1 | cut -d, -f1)"
}

# A row for each work and tool, in the order in which they were measured.
rows() {
  printf 'Work\tTool\tMedian\tFrom, to\tzferry = 1\t`zfs` processes\tOwn CPU\tPeak memory\n'
  local work tool
  awk -F'\t' '!seen[$1]++ { print $1 }' "$results" | while IFS= read -r work; do
    awk -F'\t' -v work="$work" '$1 == work && !seen[$2]++ { print $2 }' "$results" \
      | while IFS= read -r tool; do row "$work" "$tool"; done
  done
}

row() {
  local failed
  failed=$(awk -F'\t' -v work="$1" -v tool="$2" '$1 == work && $2 == tool && $7 != 0' "$results" | wc -l)
  if [ "$failed" != 0 ]; then
    printf '%s\t%s\tfailed\t\t\t\t\t\n' "$1" "$2"
    return
  fi
  awk -F'\t' -v work="$1" -v tool="$2" -v median="$(median "$1" "$2" 3)" -v zferry="$(median "$1" zferry 3)" \
    -v cpu="$(median "$1" "$2" 4)" -v peak="$(median "$1" "$2" 5)" -v processes="$(median "$1" "$2" 6)" '
    function time(seconds) { return seconds < 0.1 ? sprintf("%.1f ms", seconds * 1000) : sprintf("%.2f s", seconds) }
    $1 == work && $2 == tool { if (!count++ || $3 < least) least = $3; if ($3 > most) most = $3 }
    END {
      rate = ""
      if (match(work, /[0-9]+ MiB/)) rate = sprintf(" (%.0f MiB/s)", substr(work, RSTART) / median)
      printf "%s\t%s\t%s%s\t%s\t%s\t%d\t%s\t%.0f MB\n", work, tool, time(median), rate,
        count == 1 ? "once" : time(least) ", " time(most),
        tool == "zferry" ? "1" : sprintf("%.2f", median / zferry), processes, time(cpu), peak / 1000
    }' "$results"
}

# Tabs to a Markdown table whose columns stand below each other.
table() {
  awk -F'\t' '
    { for (i = 1; i <= NF; i++) { cell[NR, i] = $i; if (length($i) > width[i]) width[i] = length($i) }
      if (NF > columns) columns = NF }
    function line(row,   i, text) {
      text = "|"
      for (i = 1; i <= columns; i++) text = text sprintf(" %-" width[i] "s |", row ? cell[row, i] : "")
      return text
    }
    END {
      print line(1)
      rule = line(0); gsub(/ /, "-", rule); print rule
      for (row = 2; row <= NR; row++) print line(row)
    }'
}
