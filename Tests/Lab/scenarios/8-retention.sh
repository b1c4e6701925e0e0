# Retention on both sides: what has outlived its time goes, and the base, what is held, has a clone, or
# stands under a name that was used again stays.
on a "rm -rf /etc/zferry /var/lib/zferry"
pools a tank; pools b backup; tree a tank; connect
# ago DAYS: a name of the schema, so many days old.
ago() { date -u -d "-$1 days" +auto-%Y-%m-%d_00-00; }
# snaps MACHINE DATASET: the names of its snapshots, oldest first, in one line.
snaps() { on "$1" "zfs list -H -d 1 -t snapshot -o name -s createtxg $2" | sed 's/.*@//' | tr '\n' ' ' | sed 's/ $//'; }
# names DAYS…: those names in one line.
names() { local all=() day; for day; do all+=("$(ago "$day")"); done; echo "${all[*]}"; }
# ret POLICY-LINES: the task with another retention.
ret() {
  { cat <<'YAML'; printf '%s\n' "$@"; } | task ret
direction: PUSH
transport: SSH
connection: b
source_datasets: [tank/data]
target_dataset: backup/data
recursive: true
also_include_naming_schema: ["auto-%Y-%m-%d_%H-%M"]
auto: false
YAML
}
custom=("retention_policy: CUSTOM" "lifetime_value: 1" "lifetime_unit: WEEK")
for day in 30 29 28 27 4 3 2 1; do snapshot a tank/data "$(ago $day)"; done
ret "retention_policy: NONE"
check "all is copied" on a "zferry run ret"
check "with NONE nothing goes" equal "$(snaps b backup/data)" "$(names 30 29 28 27 4 3 2 1)"

ret "${custom[@]}"
on b "zfs hold mine backup/data@$(ago 30); zfs clone backup/data@$(ago 29) backup/clone; zfs snapshot backup/data/docs@mine"
check "a plan lists what goes, and not what is held or cloned" equal \
  "$(on a 'zferry plan ret --json' | jq -r '[.destroys[] | select(startswith("backup/data@"))] | join(" ")')" \
  "backup/data@$(ago 28) backup/data@$(ago 27)"
check "prune without a terminal is refused with 73" equal "$(status_of on a 'zferry prune ret < /dev/null')" 73
check "and removes nothing" equal "$(snaps b backup/data)" "$(names 30 29 28 27 4 3 2 1)"
check "a dry run removes nothing" on a "zferry prune ret --dry-run"
check "the run ends with 0" on a "zferry run ret"
check "the old ones are gone, the held and the cloned one are there" equal \
  "$(snaps b backup/data)" "$(names 30 29 4 3 2 1)"
check "of a volume as well" equal "$(snaps b backup/data/disk)" "$(names 4 3 2 1)"
check "what is not of the schema stays" on b "zfs list backup/data/docs@mine"
check "the source keeps all" equal "$(snaps a tank/data)" "$(names 30 29 28 27 4 3 2 1)"
on b "zfs destroy backup/data/docs@mine"
snapshot a tank/data "$(ago 0)"
check "the next run is an increment" equal \
  "$(on a 'zferry plan ret --json' | jq -r '[.steps[].kind] | unique | join(" ")')" incremental
check "and ends with 0" on a "zferry run ret"
check "released, they go" on b "zfs release mine backup/data@$(ago 30); zfs destroy backup/clone"
check "prune --yes ends with 0" on a "zferry prune ret --yes"
check "and they are gone" equal "$(snaps b backup/data)" "$(names 4 3 2 1 0)"

# The source: the lifetime of a snapshot task, and a name that is used again.
on a "cat > /root/daily.yaml" <<'YAML'
dataset: tank/data
recursive: true
lifetime_value: 10
lifetime_unit: DAY
naming_schema: auto-%Y-%m-%d_%H-%M
schedule: {minute: "0", hour: "0"}
YAML
check "a snapshot task is stored" on a "zferry snapshot-task apply /root/daily.yaml"
on a "zfs hold mine tank/data@$(ago 29)"
base=$(on a "zfs list -H -o guid tank/data@$(ago 0)")
check "a run by hand ends with 0" on a "zferry run ret"
check "and takes nothing from the source" equal "$(snaps a tank/data)" "$(names 30 29 28 27 4 3 2 1 0)"
check "prune lets go what the source's lifetime ends" on a "zferry prune ret --yes"
check "but for the held one" equal "$(snaps a tank/data)" "$(names 29 4 3 2 1 0)"
check "the base is there" equal "$(on a "zfs list -H -o guid tank/data@$(ago 0)")" "$base"
on a "zfs release mine tank/data@$(ago 29); zfs destroy tank/data@$(ago 29); zfs snapshot tank/data@$(ago 29)"
check "a name that was used again is the newest of its schema" on a "zferry prune ret --yes"
check "and stays, as the others do" equal "$(snaps a tank/data)" "$(names 4 3 2 1 0 29)"
check "on both sides" equal "$(snaps b backup/data)" "$(names 4 3 2 1 0)"
on a "zfs destroy tank/data@$(ago 29)"

# As the source, and a history that is lost there.
ret "retention_policy: SOURCE"
on a "zfs destroy -r tank/data@$(ago 4)"
check "the copy follows the source" on a "zferry run ret"
check "and has dropped one" equal "$(snaps b backup/data)" "$(names 3 2 1 0)"
on a "for day in $(ago 3) $(ago 2) $(ago 1); do zfs destroy -r tank/data@\$day; done"
check "more than half at once ends with 2" equal "$(status_of on a 'zferry run ret')" 2
check "and says why" grep -q 'more than half' "$work/status-out"
check "and removes nothing" equal "$(snaps b backup/data)" "$(names 3 2 1 0)"
on a "zfs destroy -r tank/data/home"
check "a dataset that is gone takes nothing from its copy" equal "$(status_of on a 'zferry prune ret --yes-many')" 0
check "of which all is there" equal "$(snaps b backup/data/home)" "$(names 3 2 1 0)"
check "what was accepted is gone" equal "$(snaps b backup/data)" "$(ago 0)"
check "the next run goes on" on a "zfs snapshot -r tank/data@auto-$(date -u +%Y-%m-%d_%H-%M); zferry run ret"
on a "rm -rf /etc/zferry /var/lib/zferry"
