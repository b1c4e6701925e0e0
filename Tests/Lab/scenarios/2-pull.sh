# A pull of a tree from b to a.
pools b stock; pools a vault; tree b stock
check "a connection is set up" connect
snapshot b stock/data auto-2026-01-01_00-00
task pull <<'YAML'
direction: PULL
transport: SSH
connection: b
source_datasets: [stock/data]
target_dataset: vault/data
recursive: true
naming_schema: ["auto-%Y-%m-%d_%H-%M"]
auto: false
retention_policy: NONE
YAML
check "the first run ends with 0" on a "zferry run pull"
check "all GUIDs are equal" equal "$(guids a vault/data)" "$(guids b stock/data)"
snapshot b stock/data auto-2026-01-01_01-00
snapshot b stock/data manual
check "the second run ends with 0" on a "zferry run pull"
check "only what the schema selects arrives" equal "$(guids a vault/data)" "$(guids b stock/data | grep -v @manual)"
check "then it is up to date" equal "$(on a 'zferry plan pull --json' | jq .up_to_date)" true
