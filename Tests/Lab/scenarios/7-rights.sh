# The least rights, on a user of b's own: as zferry prints them a push and a pull work; each one taken
# away is named, and ends with 77; the key confined to the task runs it, and nothing else.
on a "rm -rf /etc/zferry /var/lib/zferry"
pools a tank vault; pools b backup stock; tree a tank; tree b stock
# What udev does where it runs; this machine has none.
on b "chmod 666 /dev/zfs; userdel -rf replica 2>/dev/null; useradd -m -s /bin/sh replica; echo replica:practice | chpasswd"
snapshot a tank/data auto-2026-01-01_00-00; snapshot a tank/data auto-2026-01-01_01-00
snapshot b stock/data auto-2026-01-01_00-00; snapshot b stock/data auto-2026-01-01_01-00
key=$(on a "zferry connection scan 10.0.2.2 --port $(port_of b)" | awk '/ssh-ed25519/{print $1}')
check "a connection for the user is set up" on a "echo practice > /root/password
  zferry connection add r --host 10.0.2.2 --port $(port_of b) --user replica --generate \
    --fingerprint $key --password-file /root/password"
task rpush <<'YAML'
direction: PUSH
transport: SSH
connection: r
source_datasets: [tank/data]
target_dataset: backup/site/data
recursive: true
also_include_naming_schema: ["auto-%Y-%m-%d_%H-%M"]
auto: false
retention_policy: NONE
YAML
task rpull <<'YAML'
direction: PULL
transport: SSH
connection: r
source_datasets: [stock/data]
target_dataset: vault/data
recursive: true
naming_schema: ["auto-%Y-%m-%d_%H-%M"]
auto: false
retention_policy: NONE
YAML
for name in rpush rpull; do
  check "$name: without rights, 77" equal "$(status_of on a "zferry task rights $name --prove")" 77
  check "$name: what would be given is shown" on a "zferry task rights $name --apply --dry-run"
  check "$name: root gives them, once" on a "zferry task rights $name --apply --as root --password-file /root/password"
  check "$name: they are all there" on a "zferry task rights $name --prove"
  check "$name: the first run ends with 0" on a "zferry run $name"
done
check "the push has arrived" equal "$(guids b backup/site/data)" "$(guids a tank/data)"
check "the pull has arrived" equal "$(guids a vault/data)" "$(guids b stock/data)"
check "the copy is read-only" equal "$(on b 'zfs get -H -o value readonly backup/site/data/docs')" on
snapshot a tank/data auto-2026-01-02_00-00; snapshot b stock/data auto-2026-01-02_00-00
for name in rpush rpull; do check "$name: an increment ends with 0" on a "zferry run $name"; done
check "the user cannot destroy a snapshot of the source" \
  equal "$(status_of on b "su replica -c 'PATH=/usr/sbin:\$PATH zfs destroy stock/data@auto-2026-01-01_00-00'")" 1
check "nor one of the copy" \
  equal "$(status_of on b "su replica -c 'PATH=/usr/sbin:\$PATH zfs destroy backup/site/data@auto-2026-01-01_00-00'")" 1
check "nor touch what is beside it" \
  equal "$(status_of on b "zfs create -u backup/other; su replica -c 'PATH=/usr/sbin:\$PATH zfs create -u backup/other/x'")" 1

# As it is printed once the destination is there, the rights are the user's own on it.
on b "zfs unallow -r -u replica backup; zfs unallow -r -c backup"
check "the printed lines run as they are" on b "$(on a 'zferry task rights rpush --allow' | grep '^zfs ' | tail -1)"
for right in create mount receive readonly; do
  on b "zfs unallow -u replica $right backup/site/data"
  check "rpush without $right: 77" equal "$(status_of on a "zferry task rights rpush --prove")" 77
  check "rpush without $right: it is named" grep -qE "^missing .* $right " "$work/status-out"
  check "and no other" equal "$(grep -c '^missing' "$work/status-out")" 1
  on b "zfs allow -u replica $right backup/site/data"
done
for right in send hold bookmark destroy; do
  on b "zfs unallow -u replica $right stock/data"
  check "rpull without $right: 77" equal "$(status_of on a "zferry task rights rpull --prove")" 77
  check "rpull without $right: it is named" grep -qE "^missing .* $right " "$work/status-out"
  on b "zfs allow -u replica $right stock/data"
done
on b "zpool set delegation=off stock"
check "delegation switched off: 77" equal "$(status_of on a "zferry task rights rpull --prove")" 77
on b "zpool set delegation=on stock"

# confine TASK: the key's line and script in place of the plain key.
confine() {
  on a "zferry task rights $1 --json" > "$work/rights.json"
  jq -r --arg host 10.0.2.2 '.sides[] | select(.host == $host) | .authorized_keys' "$work/rights.json" \
    | on b "cat > /home/replica/.ssh/authorized_keys"
  jq -r --arg host 10.0.2.2 '.sides[] | select(.host == $host) | .script' "$work/rights.json" \
    | on b "cat > /home/replica/.ssh/zferry-$1"
}
snapshot a tank/data auto-2026-01-03_00-00; snapshot b stock/data auto-2026-01-03_00-00
ssh_as="ssh -i /etc/zferry/keys/r -p $(port_of b) -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -o BatchMode=yes replica@10.0.2.2"
for name in rpush rpull; do
  confine $name
  check "$name: the confined key runs the task" on a "zferry run $name"
  check "$name: and proves its rights" on a "zferry task rights $name --prove"
  check "$name: and tests the connection" on a "zferry connection test r"
  check "$name: id is refused" equal "$(status_of on a "$ssh_as id")" 77
  check "$name: so is a shell" equal "$(status_of on a "$ssh_as")" 77
  check "$name: and says so" grep -q 'permission denied: this key may run only what' "$work/status-out"
done
check "the other task is refused" equal "$(status_of on a 'zferry run rpush')" 77
check "all has arrived" equal "$(guids b backup/site/data)" "$(guids a tank/data)"

# sudo: without zfs allow, with the printed sudoers lines.
on b "zfs unallow -r -u replica backup; zfs unallow -r -u replica stock; chmod 600 /dev/zfs; rm -f /etc/sudoers.d/zferry"
on a "cat /etc/zferry/keys/r.pub" | on b "cat > /home/replica/.ssh/authorized_keys"
on a "sed -i 's/^sudo:.*/sudo: true/' /etc/zferry/connections/r.yaml; grep -q sudo /etc/zferry/connections/r.yaml || echo 'sudo: true' >> /etc/zferry/connections/r.yaml"
snapshot a tank/data auto-2026-01-04_00-00; snapshot b stock/data auto-2026-01-04_00-00
check "sudo without a line: 77" equal "$(status_of on a 'zferry task rights rpush --prove')" 77
for name in rpush rpull; do
  on a "zferry task rights $name --sudo" | grep '^replica ' | sort -u
done | sort -u | on b "cat > /etc/sudoers.d/zferry; chmod 440 /etc/sudoers.d/zferry"
check "visudo takes the lines" on b "visudo -cf /etc/sudoers.d/zferry"
for name in rpush rpull; do
  check "$name: a run through sudo ends with 0" on a "zferry run $name"
  check "$name: the rights are proved" on a "zferry task rights $name --prove"
done
check "sudo refuses another dataset" \
  equal "$(status_of on b "su replica -c 'sudo -n zfs send backup/other@x'")" 1
check "all has arrived through sudo" equal "$(guids b backup/site/data)" "$(guids a tank/data)"
check "nothing is left in /tmp of b" equal "$(on b 'find /tmp -user replica | wc -l')" 0
on a "rm -rf /etc/zferry /var/lib/zferry"; on b "userdel -rf replica; rm -f /etc/sudoers.d/zferry"
