#!/bin/sh
# Runs the contract against this machine's OpenZFS, on two pools in files: all of it, or the cases
# that have WORDS in their name.
# As root, in a throw-away machine: contract.sh PATH_OF_ZFS_CONTRACT [WORDS]
set -eu
folder=$(mktemp -d /var/tmp/contract.XXXXXX)
clear_up() {
  zpool destroy -f contracta 2>/dev/null || true
  zpool destroy -f contractb 2>/dev/null || true
  rm -rf "$folder"
}
trap clear_up EXIT
for pool in contracta contractb; do
  truncate -s 1G "$folder/$pool"
  zpool create -f "$pool" "$folder/$pool"
done
zfs version
# Each start of a process closes every descriptor it may have: a thousand of them take long here.
ulimit -n 64
program=$1; shift
"$program" "$(command -v zfs)" contracta contractb "$@"
