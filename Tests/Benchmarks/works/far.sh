# One stream over a long line of 1 Gbit/s, to a real sshd. The line is made on this machine.
# Large enough that the logins of its connections are a small part of it.
far_mib=$((stream_mib / 2))
# OpenSSH takes minutes for each.
far_rounds=$((rounds < 2 ? rounds : 2))
newest=origin/data@auto-2026-01-01_01-00 base=@auto-2026-01-01_00-00
world 1 2 1 $((far_mib << 20))

# far MILLISECONDS: a server as far away as that; what a line buffers is taken anew each time.
far() { serve 198.18.0.2 "$ground/far-line" "$1" 1000; }

if [ -n "$smoke" ] || ! { remembers state.far; far 1 2> /dev/null && (: < "/dev/tcp/198.18.0.2/$port") 2> /dev/null; }; then
  [ -n "$smoke" ] || note "A long line cannot be made here (it needs root and /dev/net/tun): nothing was measured over one."
else
  for trip in 50 150; do
    for way in push pull; do
      work="Stream of $far_mib MiB, round trips of $trip ms, $way"
      said "$work"
      task "far-$way" "direction: ${way^^}" 'transport: SSH' 'connection: far'
      openssh="ssh -F $ground/bzfs_ssh_config -c aes128-gcm@openssh.com 198.18.0.2"
      case $way in
        push) pipe="zfs send -i $base $newest | $openssh zfs receive copies/data" ;;
        pull) pipe="$openssh zfs send -i $base $newest | zfs receive copies/data" ;;
      esac
      for round in $(seq "$far_rounds"); do
        rm -f "$ground"/state.*
        remembers state.zferry; far "$trip"; measured "$work" zferry "$zferry" run "far-$way"
        remembers state.pipe; far "$trip"; measured "$work" 'OpenSSH, aes128-gcm' sh -c "$pipe"
      done
      case $way in push) least=4 ;; pull) least=2 ;; esac
      bar "$work: times OpenSSH's rate" "$(ratio "$work" 'OpenSSH, aes128-gcm' zferry)" "$least" least
    done
  done
  note "Over a long line each tool ran $far_rounds times."
fi
stop_server
