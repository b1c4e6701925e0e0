# Several datasets of one run, over SSH to a real sshd on loopback.
several=4 each_mib=$((stream_mib / 4))
work="$((several * each_mib)) MiB in $several datasets over SSH, push"
said "$work"
world "$several" 2 1 $((each_mib << 20))
remembers state.zferry; serve
task several 'direction: PUSH' 'transport: SSH' 'connection: vault'
for round in $(seq "$rounds"); do
  rm -f "$ground"/state.*
  remembers state.zferry; serve
  measured "$work" zferry "$zferry" run several
  for parallel in 1 4; do
    task "several-$parallel" 'direction: PUSH' 'transport: SSH' 'connection: vault' "parallel: $parallel"
    [ -z "$smoke" ] || [ "$parallel" = 4 ] || continue
    remembers "state.parallel-$parallel"; serve
    measured "$work" "zferry, $parallel at a time" "$zferry" run "several-$parallel"
  done
  [ -z "$smoke" ] && [ -n "$bzfs" ] || continue
  remembers state.bzfs; serve
  # shellcheck disable=SC2086
  measured "$work" bzfs "$bzfs" origin/data "$(id -un)@127.0.0.1:copies/data" --recursive --quiet $bzfs_push
done
note "$work: 4 at a time take $(ratio "$work" 'zferry, 4 at a time' 'zferry, 1 at a time' | awk '{ printf "%.2f", $1 }') of the time of one after the other."
bar "$work: times bzfs' rate" "$(ratio "$work" bzfs zferry)" 1.2 least
stop_server
