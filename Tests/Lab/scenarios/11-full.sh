# Full filesystem replication: clones, renames, what is destroyed. Then the three ways to begin from scratch.
on a "rm -rf /etc/zferry /var/lib/zferry"
pools a tank; pools b backup; tree a tank; connect
snapshot a tank/data auto-2026-01-01_00-00
on a "zfs clone tank/data/home@auto-2026-01-01_00-00 tank/data/aclone; echo more > /tank/data/aclone/more"
snapshot a tank/data auto-2026-01-01_01-00
# full POLICY: the task.
full() {
  cat <<YAML | task full
direction: PUSH
transport: SSH
connection: b
source_datasets: [tank/data]
target_dataset: backup/data
recursive: true
replicate: true
also_include_naming_schema: ["auto-%Y-%m-%d_%H-%M"]
auto: false
retention_policy: SOURCE
allow_from_scratch: $1
YAML
}
check "a full replication is saved" full false
check "no stream is that of a tree" equal "$(on a 'zferry plan full --json' | jq '[.steps[].commands[] | select(test(" -R "))] | length')" 0
check "the run ends with 0" on a "zferry run full"
check "all GUIDs are equal" equal "$(guids b backup/data)" "$(guids a tank/data)"
check "the clone is a clone there" equal "$(on b 'zfs get -H -o value origin backup/data/aclone')" backup/data/home@auto-2026-01-01_00-00
on a "zfs rename tank/data/docs tank/data/papers; echo new > /tank/data/papers/new"
snapshot a tank/data auto-2026-01-01_02-00
check "the plan follows a rename" equal "$(on a 'zferry plan full --json' | jq -r '.renames[] | .target + " " + .to')" "backup/data/docs backup/data/papers"
check "the run ends with 0" on a "zferry run full"
check "all GUIDs are equal again" equal "$(guids b backup/data)" "$(guids a tank/data)"
check "and the old name is gone there" on b "! zfs list backup/data/docs"
on a "zfs destroy -r tank/data/papers"
snapshot a tank/data auto-2026-01-01_03-00
check "what was destroyed is not: the run goes on" on a "zferry run full"
check "and the copy keeps it" on b "zfs list backup/data/papers@auto-2026-01-01_02-00"

# From scratch.
on b "zfs destroy -r backup/data; zfs create backup/data; echo theirs > /backup/data/theirs; zfs snapshot backup/data@theirs"
check "without a base it is refused with 73" equal "$(status_of on a 'zferry run full')" 73
check "and nothing is touched" on b "zfs list backup/data@theirs"
full ASIDE
check "ASIDE: the plan destroys nothing" equal "$(on a 'zferry plan full --json' | jq -r '(.destroys | length | tostring) + " " + .asides[0].target')" "0 backup/data"
check "the run ends with 0" on a "zferry run full"
check "all GUIDs are equal" equal "$(guids b backup/data)" "$(guids a tank/data)"
aside=$(on b "zfs list -H -o name -d 1 backup" | grep "zferry-aside-.*-full-1")
check "the old copy is put aside" on b "zfs list $aside@theirs"
on b "zfs destroy -r backup/data; zfs create backup/data; echo theirs > /backup/data/theirs; zfs snapshot backup/data@theirs"
full REPLACE
check "REPLACE: the plan lists what goes" equal "$(on a 'zferry plan full --json' | jq -r '.destroys | join(" ")')" "backup/data@theirs backup/data"
check "a hold keeps the old copy: the run ends" on b "zfs hold mine backup/data@theirs"
on a "zferry run full"
check "the new copy is in its place" equal "$(guids b backup/data)" "$(guids a tank/data)"
old=$(on b "zfs list -H -o name -d 1 backup" | grep "zferry-old-")
check "and the old one beside it" on b "zfs list $old@theirs"
on b "zfs release mine $old@theirs"
check "the next run lets it go" on a "zferry run full"
check "and it is gone" on b "! zfs list $old"
on b "zfs destroy -r $aside"
# Cut in the first stream: the old copy is there, and the next run goes on.
on a "zfs create tank/big; head -c 60000000 /dev/urandom > /tank/big/file; zfs snapshot tank/big@auto-2026-01-01_00-00"
on b "zfs create backup/big; echo theirs > /backup/big/theirs; zfs snapshot backup/big@theirs"
on a "sed 's|tank/data|tank/big|; s|backup/data|backup/big|' /root/full.yaml > /root/big.yaml; echo 'speed_limit: 4000000' >> /root/big.yaml; zferry task apply /root/big.yaml"
# Killed once ten megabytes are through, however slow the machine is.
on a "zferry run big --progress json > /tmp/big & run=\$!; until grep -qE '\"bytes\":[0-9]{8}' /tmp/big || ! kill -0 \$run; do sleep 0.2; done; kill -KILL \$run"
check "killed, the old copy is whole" on b "zfs list backup/big@theirs && test -s /backup/big/theirs"
check "the next plan goes on with it" equal "$(on a 'zferry plan big --json' | jq -r '.steps[0].kind')" resume
check "and ends with 0" on a "sed -i /speed_limit/d /root/big.yaml; zferry task apply /root/big.yaml; zferry run big"
check "the new copy is in its place" equal "$(guids b backup/big)" "$(guids a tank/big)"
on a "rm -rf /etc/zferry /var/lib/zferry"
