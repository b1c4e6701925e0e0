# One new snapshot on each of some datasets, of 4 KiB: what a tool does around the stream.
work="One new snapshot on each of $some datasets"
said "$work"
task incremental 'direction: PUSH' 'transport: LOCAL'

# The step before the one that is measured, so that each tool has the bookmarks it works with.
world "$some" 100 1
remembers before.zferry; prepared "$zferry" run incremental
if [ -n "$bzfs" ]; then
  remembers before.bzfs; prepared "$bzfs" origin/data copies/data --recursive --quiet
fi
world "$some" 101 2
for round in $(seq "$rounds"); do
  cp "$ground/before.zferry" "$ground/state.zferry"
  remembers state.zferry; measured "$work" zferry "$zferry" run incremental
  [ -n "$bzfs" ] || continue
  cp "$ground/before.bzfs" "$ground/state.bzfs"
  remembers state.bzfs; run_bzfs "$work"
done
remembers state.zferry
arrived=$(same_guids) || { echo "After the incremental run the copies differ from the sources." >&2; exit 1; }
bar "$work: part of bzfs' time" "$(ratio "$work" zferry bzfs)" 0.333
# Beside those of each dataset there are the four of the look before, and one for each 64 that arrive.
bar "$work: \`zfs\` processes a dataset" \
  "$(calculate "int(($(median "$work" zferry 6) - 4) * 10 / $some) / 10")" 4
