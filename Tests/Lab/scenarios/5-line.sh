# The line between a and b, by netem on b: far away, losing packets, cut for a while, and cut for good.
pools a src; pools b dst
on a "zfs create src/d"
check "a connection is set up" connect
task line <<'YAML'
direction: PUSH
transport: SSH
connection: b
source_datasets: [src/d]
target_dataset: dst/d
recursive: true
also_include_naming_schema: ["auto-%Y-%m-%d_%H-%M"]
auto: false
retention_policy: NONE
retry_minutes: 1
YAML

# line HOW SECONDS: for so long b's answers go out like this; then all is well again.
line() {
  on b "modprobe sch_netem; nohup sh -c 'sleep 1; tc qdisc replace dev eth0 root netem $1; sleep $2; tc qdisc del dev eth0 root' > /dev/null 2>&1 < /dev/null & sleep 0.2"
}
fresh() { on a "head -c 20000000 /dev/urandom > /src/d/file"; snapshot a src/d "auto-2026-01-0$1_00-00"; }

fresh 1
line "delay 150ms" 60
sleep 2
check "150 ms away a run ends with 0" on a "zferry run line"
check "and the doctor is content" on a "zferry doctor --connection b"
on b "tc qdisc del dev eth0 root 2>/dev/null; pkill -f 'sleep 60'"

fresh 2
line "delay 20ms loss 3%" 60
sleep 2
check "where packets are lost a run ends with 0" on a "zferry run line"
on b "tc qdisc del dev eth0 root 2>/dev/null; pkill -f 'sleep 60'"

fresh 3
on a "zferry run line > /tmp/line.log 2>&1; echo \$? > /tmp/line.status" & run=$!
line "loss 100%" 15
wait $run
check "a cable that was out for 15 s costs time, and no run" equal "$(on a cat /tmp/line.status)" 0
check "all GUIDs are equal" equal "$(guids b dst/d)" "$(guids a src/d)"

fresh 4
on a "timeout 900 zferry run line > /tmp/line.log 2>&1; echo \$? > /tmp/line.status" & run=$!
line "loss 100%" 330
wait $run
check "a cable that stays out ends the run as one that cannot reach its host" \
  equal "$(on a cat /tmp/line.status)" 69
check "and says so" on a "grep -E '^\[E' /tmp/line.log"
for _ in $(seq 60); do on b true < /dev/null && break; sleep 5; done
check "the next run finishes" on a "zferry run line"
check "all GUIDs are equal again" equal "$(guids b dst/d)" "$(guids a src/d)"
