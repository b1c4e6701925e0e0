# A push of a tree of five datasets from a to b: full, then an increment, then nothing.
pools a tank; pools b backup; tree a tank
check "a connection is set up with three answers and a fingerprint" connect
snapshot a tank/data auto-2026-01-01_00-00
snapshot a tank/data auto-2026-01-01_01-00
task push <<'YAML'
direction: PUSH
transport: SSH
connection: b
source_datasets: [tank/data]
target_dataset: backup/data
recursive: true
also_include_naming_schema: ["auto-%Y-%m-%d_%H-%M"]
auto: false
retention_policy: NONE
YAML
check "the plan has full sends, and creates what is not there" \
  equal "$(on a 'zferry plan push --json' | jq -r '[.up_to_date, ([.steps[].kind] | unique | join(",")), (.destroys|length)] | @text')" '[false,"full,incremental",0]'
check "the first run ends with 0" on a "zferry run push"
check "all GUIDs are equal" equal "$(guids b backup/data)" "$(guids a tank/data)"
on a "echo more >> /tank/data/docs/file"; snapshot a tank/data auto-2026-01-01_02-00
check "the second run ends with 0" on a "zferry run push"
check "all GUIDs are equal again" equal "$(guids b backup/data)" "$(guids a tank/data)"
check "then it is up to date" equal "$(on a 'zferry plan push --json' | jq .up_to_date)" true
check "the destination is read-only" equal "$(on b 'zfs get -H -o value readonly backup/data/docs')" on
check "files are the same" equal "$(on b 'mkdir -p /mnt/x; mount -t zfs backup/data/docs@auto-2026-01-01_02-00 /mnt/x; md5sum < /mnt/x/file; umount /mnt/x')" "$(on a 'md5sum < /tank/data/docs/file')"
