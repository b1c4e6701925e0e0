# The ground that everything is measured on: the fake, the stop watch, and a real sshd on loopback.
# Sourced by `run`.

server=

ground() {
  ground=$(mktemp -d "${TMPDIR:-/tmp}/zferry-bench-XXXXXX") || return 1
  trap leave EXIT
  trap 'exit 130' INT TERM
  mkdir -p "$ground/bin" "$ground/home" "$ground/tasks"
  results=$ground/results bars=$ground/bars notes=$ground/notes
  : > "$results"; : > "$bars"; : > "$notes"
  export PATH=$ground/bin:$PATH HOME=$ground/home
  export ZFERRY_CONFIG=$ground/config ZFERRY_STATE=$ground/state
}

# forgets: zferry lists all anew.
forgets() { rm -rf "$ZFERRY_STATE/listings"; }

# Builds the fake, the stop watch, and where they can be had the long line and the plain loop.
stand_ins() {
  local compiler=${CC:-cc}
  command -v "$compiler" > /dev/null || compiler=clang
  "$compiler" -O2 -o "$ground/bin/zfs" "$here/fake-zfs.c" || return 1
  "$compiler" -O2 -o "$ground/measure" "$here/measure.c" || return 1
  "$compiler" -O2 -o "$ground/far-line" "$here/far-line.c" 2> /dev/null || rm -f "$ground/far-line"
  "$compiler" -O2 -o "$ground/plain-loop" "$here/plain-loop.c" -lssh2 2> /dev/null || rm -f "$ground/plain-loop"
  ln -s zfs "$ground/bin/zpool"
}

leave() {
  stop_server
  rm -rf "$ground"
}

# task NAME LINE…: a task over all of the fake's datasets.
task() {
  local name=$1; shift
  {
    printf '%s\n' 'source_datasets: [origin/data]' 'target_dataset: copies/data' 'recursive: true' \
      'auto: false' 'retention_policy: NONE' 'retries: 1' "$@"
    # A task that fetches has its schema in another field.
    case "$*" in *PULL*) printf naming_schema ;; *) printf also_include_naming_schema ;; esac
    printf ': ["auto-%%Y-%%m-%%d_%%H-%%M"]\n'
  } > "$ground/tasks/$name.yaml"
  "$zferry" task apply "$ground/tasks/$name.yaml" > /dev/null
}

# world DATASETS SNAPSHOTS BEHIND [BYTES]: what the fake holds from now on.
world() {
  export FAKE_DATASETS=$1 FAKE_SNAPSHOTS=$2 FAKE_BEHIND=$3 FAKE_BYTES=${4:-4096}
}

# remembers FILE: what the fake's changes are kept in; each tool has its own.
remembers() { export FAKE_STATE=$ground/$1 FAKE_CALLS=$ground/calls; }

# serve [ADDRESS [LAUNCHER…]]: a server whose sessions see the fake as it is set up now.
serve() {
  local address=${1:-127.0.0.1}; shift
  stop_server
  mkdir -p /run/sshd 2> /dev/null
  if [ ! -e "$ground/host_key" ]; then
    ssh-keygen -q -t ed25519 -N '' -f "$ground/host_key"
    ssh-keygen -q -t ed25519 -N '' -f "$ground/user_key"
    port=$((20000 + RANDOM % 20000))
    while (: < "/dev/tcp/127.0.0.1/$port") 2> /dev/null; do port=$((port + 1)); done
    "$zferry" key generate vault > "$ground/zferry_key.pub" || return 1
    cat "$ground/zferry_key.pub" "$ground/user_key.pub" > "$ground/authorized_keys"
    client_config
  fi
  cat > "$ground/sshd_config" <<END
ListenAddress $address
Port $port
HostKey $ground/host_key
PidFile none
UsePAM no
StrictModes no
PermitRootLogin yes
PasswordAuthentication no
AuthorizedKeysFile $ground/authorized_keys
MaxStartups 100
LogLevel VERBOSE
# No home of anybody's: what its login shell does at each command is neither sshd's nor a tool's.
SetEnv PATH=$ground/bin:/usr/bin:/bin HOME=$ground/home FAKE_DATASETS=$FAKE_DATASETS FAKE_SNAPSHOTS=$FAKE_SNAPSHOTS FAKE_BEHIND=$FAKE_BEHIND FAKE_BYTES=$FAKE_BYTES FAKE_STATE=$FAKE_STATE FAKE_CALLS=$FAKE_CALLS
END
  "$@" "$(command -v sshd || echo /usr/sbin/sshd)" -D -e -f "$ground/sshd_config" 2> "$ground/sshd.log" &
  server=$!
  local try
  for try in $(seq 100); do
    (: < "/dev/tcp/$address/$port") 2> /dev/null && break
    sleep 0.05
  done
  local connection=vault
  [ "$address" = 127.0.0.1 ] || connection=far
  [ -e "$ZFERRY_CONFIG/connections/$connection.yaml" ] || "$zferry" connection add "$connection" --host "$address" \
    --port "$port" --user "$(id -un)" --key vault \
    --fingerprint "$(ssh-keygen -lf "$ground/host_key.pub" | awk '{ print $2 }')" > /dev/null
}

# What OpenSSH's client needs to know; the name is one that bzfs accepts.
client_config() {
  ssh_config=$ground/bzfs_ssh_config
  bzfs_push="--ssh-dst-config-file=$ssh_config --ssh-control-persist-secs=5"
  printf '[127.0.0.1]:%s,[198.18.0.2]:%s %s\n' "$port" "$port" "$(cut -d' ' -f1,2 "$ground/host_key.pub")" \
    > "$ground/known_hosts"
  cat > "$ssh_config" <<END
Host *
  Port $port
  User $(id -un)
  IdentityFile $ground/user_key
  IdentitiesOnly yes
  UserKnownHostsFile $ground/known_hosts
  BatchMode yes
END
}

stop_server() {
  [ -n "$server" ] || return 0
  kill "$server" 2> /dev/null
  wait "$server" 2> /dev/null
  server=
}

logins() { grep -c 'Accepted publickey' "$ground/sshd.log"; }
