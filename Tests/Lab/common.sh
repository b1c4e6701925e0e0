# What the scenarios share. Sourced; expects $lab, $dist, and the machines $first and $second to be up:
# every scenario calls them a and b.
passed=0 failed=0

letter() { [ "$1" = a ] && echo $first || echo $second; }

on() { "$lab" run "$(letter "$1")" "${@:2}"; }

put() { "$lab" put "$(letter "$1")" "${@:2}"; }

port_of() { "$lab" port "$(letter "$1")"; }

# check WORDS COMMAND…: counts a statement as held or not, and goes on.
check() {
  local words=$1; shift
  if "$@" > "$work/out" 2>&1; then
    passed=$((passed + 1)); echo "ok    $words"
  else
    failed=$((failed + 1)); echo "FAIL  $words"; sed 's/^/      | /' "$work/out" | tail -20
  fi
}

equal() { [ "$1" = "$2" ] || { printf 'expected: %s\nfound:    %s\n' "$2" "$1"; return 1; }; }

status_of() { local status=0; "$@" > "$work/status-out" 2>&1 || status=$?; echo $status; }

# guids MACHINE TREE: the snapshots of a tree by their path below it, with their GUIDs.
guids() {
  on "$1" "zfs list -Hp -r -t snapshot -o name,guid -s name $2" | sed "s|^$2||" | sort
}

# pools MACHINE NAME…: fresh pools on files. What an earlier scenario left below their mountpoint goes, too.
pools() {
  local machine=$1 pool; shift
  for pool; do
    on "$machine" "zpool destroy -f $pool 2>/dev/null; rm -rf --one-file-system /root/$pool.img /$pool; truncate -s 2G /root/$pool.img; zpool create -O mountpoint=/$pool $pool /root/$pool.img"
  done
}

# tree MACHINE POOL: five datasets, one of them a volume, with something in each.
tree() {
  on "$1" "set -e; zfs create $2/data; zfs create $2/data/docs; zfs create -p $2/data/home/alice
    zfs create -V 16M $2/data/disk; udevadm settle 2>/dev/null || sleep 1
    for d in '' /docs /home /home/alice; do head -c 2000000 /dev/urandom > /$2/data\$d/file; done
    for i in 1 2 3 4 5; do [ -e /dev/zvol/$2/data/disk ] && break; sleep 1; done
    dev=\$(zfs list -H -o name $2/data/disk >/dev/null && ls /dev/zd* | head -1); head -c 4000000 /dev/urandom | dd of=\$dev bs=1M 2>/dev/null || true"
}

snapshot() { on "$1" "zfs snapshot -r $2@$3"; }

# connect: a connection from a to b, set up with root's password where there is none yet.
connect() {
  local key
  on a "zferry connection test b" && return
  key=$(on a "zferry connection scan 10.0.2.2 --port $(port_of b)" | awk '/ssh-ed25519/{print $1}')
  on a "echo practice > /root/password
    zferry connection add b --host 10.0.2.2 --port $(port_of b) --user root --generate \
      --fingerprint $key --password-file /root/password"
}

# task NAME: a task for machine a from standard input.
task() { on a "cat > /root/$1.yaml && zferry task apply /root/$1.yaml" ; }
