# A thousand new snapshots of one dataset: how many streams a tool makes of them.
work="$backlog new snapshots of one dataset"
said "$work"
task backlog 'direction: PUSH' 'transport: LOCAL'
world 1 $((backlog + 100)) "$backlog"
for round in $(seq "$rounds"); do
  rm -f "$ground/state.zferry" "$ground/state.bzfs"
  remembers state.zferry; measured "$work" zferry "$zferry" run backlog
  [ -n "$bzfs" ] || continue
  remembers state.bzfs; run_bzfs "$work"
done
remembers state.zferry
same_guids > /dev/null || { echo "After the backlog the copy differs from its source." >&2; exit 1; }
bar "$work: \`zfs\` processes" "$(median "$work" zferry 6)" 10
