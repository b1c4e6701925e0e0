# What runs by itself: the timer's units, ticks on the clock on the wall, a run that is cancelled, and lags.
pools a tank; pools b backup; tree a tank
check "a connection is set up" connect

# snapshot_task NAME: a snapshot task for machine a from standard input.
snapshot_task() { on a "cat > /root/$1.yaml && zferry snapshot-task apply /root/$1.yaml"; }

# field TASK FILTER: what status says of a task.
field() { on a "zferry status $1 --json" | jq -r ".tasks[0].$2"; }

snapshot_task minutely <<'YAML'
dataset: tank/data
recursive: true
exclude: [tank/data/home/alice]
schedule: {minute: "*"}
YAML
task ticked <<'YAML'
direction: PUSH
transport: SSH
connection: b
source_datasets: [tank/data]
target_dataset: backup/ticked
recursive: true
exclude: [tank/data/home/alice]
periodic_snapshot_tasks: [minutely]
auto: true
retention_policy: NONE
YAML
check "a look at the snapshot task takes nothing" \
  equal "$(on a 'zferry snapshot-task run minutely --dry-run >/dev/null; zfs list -H -t snapshot -o name -r tank | wc -l')" 0
check "a tick takes the snapshots and sends them" on a "zferry tick"
check "what is excluded has none" equal "$(on a 'zfs list -H -t snapshot -o name tank/data/home/alice 2>/dev/null | wc -l')" 0
# On a busy host a tick may see two minutes; whichever it served, each in one group.
check "all of a minute were taken in one transaction group" \
  equal "$(on a 'zfs list -Hp -t snapshot -o name,createtxg -r tank/data | sed "s/^[^@]*@//" | sort -u | cut -f1 | uniq -d')" ""
check "all GUIDs are equal" equal "$(guids b backup/ticked)" "$(guids a tank/data)"
check "the lag is less than five minutes, and nothing is behind" \
  equal "$(on a 'zferry status ticked --json' | jq '.tasks[0] | (.lag_seconds < 300 and .lag_bytes == 0 and .state == "FINISHED")')" true
# Both in one minute.
on a '[ $(date +%S) -lt 40 ] || sleep 25; zferry tick; zferry tick' > /dev/null
check "two ticks in a minute take one snapshot a dataset" \
  equal "$(on a 'zfs list -H -t snapshot -o name -d 1 tank/data | sort | uniq -d | wc -l')" 0
on a 'echo "allow_empty: false" >> /etc/zferry/snapshot-tasks/minutely.yaml; sleep 6; sync; zpool sync tank'
taken=$(on a 'zfs list -H -t snapshot -o name -d 1 tank/data | wc -l')
on a 'sleep 61; zferry tick' > /dev/null
check "nothing was written, so no empty snapshot is taken" \
  equal "$(on a 'zfs list -H -t snapshot -o name -d 1 tank/data | wc -l')" "$taken"

on a 'zfs create tank/big; head -c 120000000 /dev/urandom > /tank/big/file; zpool sync tank'
snapshot a tank/big auto-2026-01-01_00-00
task big <<'YAML'
direction: PUSH
transport: SSH
connection: b
source_datasets: [tank/big]
target_dataset: backup/big
recursive: false
also_include_naming_schema: ["auto-%Y-%m-%d_%H-%M"]
auto: false
retention_policy: NONE
YAML
check "cancel stops a run that goes on, which ends with 130" on a \
  'zferry run big --progress none > /root/big.out 2>&1 & run=$!
   for i in $(seq 100); do [ "$(zferry status big --json | jq .tasks[0].progress.bytes)" != null ] && break; sleep 0.2; done
   zferry cancel big; wait $run; [ $? = 130 ]'
check "it is told as cancelled" equal "$(field big state)" CANCELLED
check "the next run goes on from what had arrived" equal \
  "$(on a 'sleep 3; zferry plan big --json' | jq -r '[.steps[].kind] | unique | join(",")')" resume
check "and ends with 0" on a "zferry run big"
check "a paused task is refused with 75" equal "$(on a 'zferry pause big' >/dev/null; status_of on a 'zferry run big')" 75
check "and is on hold" equal "$(field big state)" HOLD
check "resumed, it runs" on a "zferry resume big && zferry run big"

check "monitoring reads the lags" on a 'zferry status --prometheus | grep -q "^zferry_task_lag_seconds{task=\"ticked\"} [0-9]"'
check "a copy that is too old is critical" equal "$(status_of on a 'zferry status big --nagios --critical 0s')" 2
check "the timer's files are written, and say what they would do" on a \
  'zferry timer install --dry-run && zferry timer install --root /root/image && zferry timer remove --root /root/image'
if on a '[ -d /run/systemd/system ]'; then
  check "the timer is installed" on a "zferry timer install"
  check "systemd finds nothing wrong with the units" on a 'systemd-analyze verify /etc/systemd/system/zferry.service /etc/systemd/system/zferry.timer'
  on a 'echo more >> /tank/data/docs/file; zpool sync tank; sleep 75'
  check "a minute later it has run by itself, confined as it is" \
    equal "$(guids b backup/ticked)" "$(guids a tank/data)"
  check "and ticks come" on a "zferry timer status"
  check "the timer is taken away" on a "zferry timer remove"
fi
on a 'rm -f /etc/zferry/tasks/ticked.yaml /etc/zferry/tasks/big.yaml /etc/zferry/snapshot-tasks/minutely.yaml'
