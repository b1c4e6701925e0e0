# Gets the tools that zferry is measured beside, into a folder of their own. One that cannot be had is
# reported as missing, and never as beaten. Sourced by `run`.

bzfs= syncoid=
cache=${XDG_CACHE_HOME:-$HOME/.cache}/zferry-bench

peers() {
  mkdir -p "$cache"
  "$repository/Resources/install-needs" bench > "$ground/needs.log" 2>&1 \
    || { echo "Packages for the peers could not be installed:"; tail -3 "$ground/needs.log"; } >&2
  if [ ! -x "$cache/venv/bin/bzfs" ]; then
    { python3 -m venv "$cache/venv" && "$cache/venv/bin/pip" install -q bzfs; } > "$ground/bzfs.log" 2>&1
  fi
  if "$cache/venv/bin/bzfs" --version > /dev/null 2>&1; then
    bzfs=$cache/venv/bin/bzfs
    bzfs_version=$("$bzfs" --version | sed 's/^bzfs-\([^,]*\).*/\1/')
  else
    missing bzfs "$ground/bzfs.log"
  fi
  # Installing the package would pull in a ZFS of its own; the program alone is what is wanted.
  if [ ! -e "$cache/sanoid/usr/sbin/syncoid" ]; then
    {
      (cd "$cache" && apt-get download sanoid) && dpkg -x "$cache"/sanoid_*.deb "$cache/sanoid"
    } > "$ground/syncoid.log" 2>&1
  fi
  if perl -c "$cache/sanoid/usr/sbin/syncoid" >> "$ground/syncoid.log" 2>&1 && command -v mbuffer > /dev/null; then
    syncoid=$cache/sanoid/usr/sbin/syncoid
    syncoid_version=$(sed -n "s/^\$::VERSION = '\(.*\)';/\1/p" "$syncoid")
  else
    missing syncoid "$ground/syncoid.log"
  fi
}

missing() {
  echo "$1 cannot be had on this machine, so nothing is measured beside it:" >&2
  tail -2 "$2" >&2
  note "$1 could not be had on this machine: nothing was measured beside it."
}

run_bzfs() { measured "$1" bzfs "$bzfs" origin/data copies/data --recursive --quiet "${@:2}"; }

run_syncoid() {
  measured "$1" syncoid perl "$syncoid" --recursive --no-sync-snap --compress=none --quiet origin/data copies/data
}
