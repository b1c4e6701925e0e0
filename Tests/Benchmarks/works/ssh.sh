# Over SSH, to a real sshd on loopback.

# built_in yes|no: whether streams keep to libssh2.
built_in() {
  case $1 in
    yes) echo 'system_ssh: false' > "$ZFERRY_CONFIG/settings.yaml" ;;
    no) rm -f "$ZFERRY_CONFIG/settings.yaml" ;;
  esac
}

work="Nothing to do over SSH: $remote datasets x 100 snapshots"
said "$work"
world "$remote" 100 0
rm -f "$ground"/state.*
remembers state.zferry; serve
task ssh-noop 'direction: PUSH' 'transport: SSH' 'connection: vault'
prepared "$zferry" run ssh-noop
for round in $(seq "$rounds"); do
  remembers state.zferry; serve; measured "$work" zferry "$zferry" run ssh-noop
  [ -z "$smoke" ] || continue
  # What one login costs here, whoever asks for it.
  remembers state.ssh; serve; measured "$work" 'OpenSSH, true' ssh -F "$ground/bzfs_ssh_config" 127.0.0.1 true
  [ -n "$bzfs" ] || continue
  remembers state.bzfs; serve
  # shellcheck disable=SC2086
  measured "$work" bzfs "$bzfs" origin/data "$(id -un)@127.0.0.1:copies/data" --recursive --quiet $bzfs_push
done
bar "$work: seconds" "$(median "$work" zferry 3)" 0.5
bar "$work: logins" "$(median "$work" zferry 8)" 1

# The cipher that OpenSSH is fastest with; its default is what it takes by itself.
ssh_mib=$((stream_mib * 2))
newest=origin/data@auto-2026-01-01_01-00 base=@auto-2026-01-01_00-00
world 1 2 1 $((ssh_mib << 20))
for way in push pull; do
  work="Stream of $ssh_mib MiB over SSH, $way"
  said "$work"
  task "ssh-$way" "direction: ${way^^}" 'transport: SSH' 'connection: vault'
  openssh="ssh -F $ground/bzfs_ssh_config -c aes128-gcm@openssh.com 127.0.0.1"
  case $way in
    push) pipe="zfs send -i $base $newest | $openssh zfs receive copies/data" ;;
    pull) pipe="$openssh zfs send -i $base $newest | zfs receive copies/data" ;;
  esac
  for round in $(seq "$rounds"); do
    rm -f "$ground"/state.*
    remembers state.zferry; serve; measured "$work" zferry "$zferry" run "ssh-$way"
    [ -z "$smoke" ] || continue
    built_in yes
    remembers state.own; serve; measured "$work" 'zferry, libssh2 alone' "$zferry" run "ssh-$way"
    built_in no
    remembers state.pipe; serve; measured "$work" 'OpenSSH, aes128-gcm' sh -c "$pipe"
    if [ "$way" = push ] && [ -x "$ground/plain-loop" ]; then
      loop="$ground/plain-loop $port $ground/user_key 'zfs receive copies/data'"
      remembers state.loop; serve
      measured "$work" 'libssh2, a plain loop' sh -c "zfs send -i $base $newest | $loop"
    fi
    [ -n "$bzfs" ] && [ "$way" = push ] || continue
    remembers state.bzfs; serve
    # shellcheck disable=SC2086
    measured "$work" bzfs "$bzfs" origin/data "$(id -un)@127.0.0.1:copies/data" --recursive --quiet $bzfs_push
  done
  [ "$way" = pull ] || bar "$work: libssh2 alone, times a plain loop's rate" \
    "$(ratio "$work" 'libssh2, a plain loop' 'zferry, libssh2 alone')" 1.3 least
  bar "$work: times OpenSSH's rate" "$(ratio "$work" 'OpenSSH, aes128-gcm' zferry)" 1.0 least
done
stop_server
