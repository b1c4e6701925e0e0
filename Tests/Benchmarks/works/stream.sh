# One large stream within this machine: what a tool puts between `zfs send` and `zfs receive`.
work="Stream of $stream_mib MiB, local"
said "$work"
task stream 'direction: PUSH' 'transport: LOCAL'
world 1 2 1 $((stream_mib << 20))

# fresh TOOL: the copy is one snapshot behind again.
fresh() { rm -f "$ground/state.$1"; remembers "state.$1"; }

newest=origin/data@auto-2026-01-01_01-00 base=@auto-2026-01-01_00-00
for round in $(seq "$rounds"); do
  fresh zferry; measured "$work" zferry "$zferry" run stream
  [ -z "$smoke" ] || continue
  fresh pipe; measured "$work" 'a plain pipe' sh -c "zfs send -i $base $newest | zfs receive copies/data"
  [ -z "$bzfs" ] || { fresh bzfs; run_bzfs "$work"; }
  [ -z "$syncoid" ] || { fresh syncoid; run_syncoid "$work"; }
done
bar "$work: times syncoid's rate" "$(ratio "$work" syncoid zferry)" 1.7 least
bar "$work: zferry's own part of a core" \
  "$(calculate "$(median "$work" zferry 4) / $(median "$work" zferry 3)")" 0.1
