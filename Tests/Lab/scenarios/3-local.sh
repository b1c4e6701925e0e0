# Local, between two pools; two sources at once.
pools a one two; tree a one; on a "zfs create one/mail; echo hi > /one/mail/file"
snapshot a one/data auto-2026-01-01_00-00; snapshot a one/mail auto-2026-01-01_00-00
task local <<'YAML'
direction: PUSH
transport: LOCAL
source_datasets: [one/data, one/mail]
target_dataset: two/copy
recursive: true
also_include_naming_schema: ["auto-%Y-%m-%d_%H-%M"]
auto: false
retention_policy: NONE
YAML
check "the first run ends with 0" on a "zferry run local"
check "both sources arrive below the destination" equal \
  "$(guids a two/copy/data; guids a two/copy/mail)" "$(guids a one/data; guids a one/mail)"
on a "echo foreign > /two/other; zfs create two/foreign; head -c 20000000 /dev/urandom > /two/foreign/file"
sed 's/copy/foreign/' <<'YAML' | task foreign
direction: PUSH
transport: LOCAL
source_datasets: [one/mail]
target_dataset: two/copy
recursive: true
also_include_naming_schema: ["auto-%Y-%m-%d_%H-%M"]
auto: false
retention_policy: NONE
YAML
check "a destination with foreign data is refused with 73" equal "$(status_of on a 'zferry run foreign')" 73
check "and nothing of it is touched" on a "test -s /two/foreign/file"
on a "zfs set readonly=off two/copy/mail; zfs mount two/copy/mail 2>/dev/null; zfs snapshot two/copy/mail@mine"
snapshot a one/mail auto-2026-01-01_01-00
check "a destination with newer snapshots is refused with 73" equal "$(status_of on a 'zferry run local')" 73
check "and its snapshot stays" on a "zfs list two/copy/mail@mine"
