#!/bin/sh
# Runs the contract against this machine's OpenZFS, on two pools in files.
# As root, in a throw-away machine: contract.sh PATH_OF_ZFS_CONTRACT
set -eu
folder=$(mktemp -d /var/tmp/contract.XXXXXX)
clear_up() {
  zpool destroy -f contracta 2>/dev/null || true
  zpool destroy -f contractb 2>/dev/null || true
  rm -rf "$folder"
}
trap clear_up EXIT
for pool in contracta contractb; do
  truncate -s 256M "$folder/$pool"
  zpool create -f "$pool" "$folder/$pool"
done
zfs version
"$1" "$(command -v zfs)" contracta contractb
