# Everything is there already: how long a tool takes to see it.
task noop 'direction: PUSH' 'transport: LOCAL'
for size in $sizes; do
  work="Nothing to do: $size datasets x 100 snapshots"
  said "$work"
  world "$size" 100 0
  # The first run keeps a bookmark on each dataset, once and for all.
  rm -f "$ground/state.zferry"; remembers state.zferry; prepared "$zferry" run noop
  if [ -n "$bzfs" ]; then
    remembers state.bzfs
    prepared "$bzfs" origin/data copies/data --recursive --quiet --cache-snapshots
  fi
  for round in $(seq "$rounds"); do
    forgets; remembers state.zferry; measured "$work" zferry "$zferry" run noop
    # What it lists counts for the next run where a second and more has gone by since it changed.
    sleep 2.1; prepared "$zferry" run noop
    measured "$work" 'zferry, warm' "$zferry" run noop
    [ -n "$bzfs" ] || continue
    remembers state.bzfs
    # Half a minute for each where there are many.
    [ "$size" -gt 2000 ] && [ "$round" -gt 2 ] || run_bzfs "$work"
    measured "$work" 'bzfs, warm cache' "$bzfs" origin/data copies/data --recursive --quiet --cache-snapshots
  done
  bar "$work: part of bzfs' time" "$(ratio "$work" zferry bzfs)" 0.125
  bar "$work: both warm, part of bzfs' time" "$(ratio "$work" 'zferry, warm' 'bzfs, warm cache')" 0.5
  bar "$work: \`zfs\` processes" "$(median "$work" zferry 6)" 4
  bar "$work: peak memory, MB" "$(calculate "$(median "$work" zferry 5) / 1000")" 200
done

# syncoid asks six times for each dataset, one after the other: fewer of them, and only once.
if [ -n "$syncoid" ]; then
  work="Nothing to do: $few datasets x 100 snapshots"
  said "$work"
  world $few 100 0
  rm -f "$ground/state.zferry"; remembers state.zferry; prepared "$zferry" run noop
  for round in $(seq "$rounds"); do
    forgets; remembers state.zferry; measured "$work" zferry "$zferry" run noop
    if [ "$round" = 1 ]; then remembers state.syncoid; run_syncoid "$work"; fi
  done
  note "syncoid saw that there is nothing to do once, and over $few datasets: it is slow at it."
fi
