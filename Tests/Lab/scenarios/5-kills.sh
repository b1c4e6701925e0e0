# kill -9 at random moments, twenty times or as often as ZFERRY_KILLS says: the next run finishes by itself.
pools a src; pools b dst
on a "zfs create src/d; zfs create src/d/e"
check "a connection is set up" connect
task kills <<'YAML'
direction: PUSH
transport: SSH
connection: b
source_datasets: [src/d]
target_dataset: dst/d
recursive: true
also_include_naming_schema: ["auto-%Y-%m-%d_%H-%M"]
auto: false
retention_policy: NONE
YAML
RANDOM=${ZFERRY_SEED:-20261124}; echo "      seed ${ZFERRY_SEED:-20261124}"
for round in $(seq "${ZFERRY_KILLS:-20}"); do
  on a "head -c 12000000 /dev/urandom > /src/d/file; head -c 6000000 /dev/urandom > /src/d/e/file"
  snapshot a src/d "auto-2026-01-02_00-$(printf '%02d' "$round")"
  wait=$((RANDOM % 30)); victim=$((RANDOM % 4))
  case $victim in
    0) what="zferry";        kill="on a \"pkill -9 -x zferry\"";;
    1) what="zfs send";      kill="on a \"pkill -9 -f 'zfs send'\"";;
    2) what="zfs receive";   kill="on b \"pkill -9 -f 'zfs rec'\"";;
    3) what="sshd's child";  kill="on b \"pkill -9 -f 'sshd: root@notty'\"";;
  esac
  on a "zferry run kills > /tmp/run.log 2>&1" & run=$!
  sleep "$((wait / 10)).$((wait % 10))"
  eval "$kill" > /dev/null 2>&1
  wait $run
  check "round $round: after the death of $what, the next run finishes" on a "zferry run kills"
done
check "all GUIDs are equal" equal "$(guids b dst/d)" "$(guids a src/d)"
check "no partial state is left" equal "$(on b 'zfs get -r -H -o value receive_resume_token dst/d | sort -u')" "-"
