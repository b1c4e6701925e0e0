# A plan over a million snapshots of one dataset, with three lifetimes: reading, retention, and memory.
# awk reads the same listing and adds up a column, which is less than anyone has to do with it.
listing='zfs list -Hp -r -t snapshot,bookmark -o name,guid,createtxg,creation origin/data'
cat > "$ground/tasks/lifetimes.yaml" <<'END'
source_datasets: [origin/data]
target_dataset: copies/data
recursive: true
direction: PUSH
transport: LOCAL
auto: false
retries: 1
also_include_naming_schema: ["auto-%Y-%m-%d_%H-%M"]
retention_policy: CUSTOM
lifetime_value: 1
lifetime_unit: YEAR
lifetimes:
  - schedule: {minute: "0", hour: "0", dom: "*", month: "*", dow: "*"}
    lifetime_value: 3
    lifetime_unit: YEAR
  - schedule: {minute: "0", hour: "0", dom: "*", month: "*", dow: "1"}
    lifetime_value: 5
    lifetime_unit: YEAR
END
"$zferry" task apply "$ground/tasks/lifetimes.yaml" > /dev/null
for count in $((many / 2)) $many; do
  work="Plan with 3 lifetimes: $count snapshots of one dataset"
  said "$work"
  world 1 "$count" 0
  rm -f "$ground/state.plan"; remembers state.plan
  for round in $(seq "$rounds"); do
    measured "$work" zferry "$zferry" plan lifetimes
    [ -z "$smoke" ] || continue
    measured "$work" 'awk, one side' sh -c "$listing | awk -F'\\t' '{ sum += \$3 } END { print sum }'"
    measured "$work" 'the fake, one side' sh -c "$listing > /dev/null"
  done
done
# Reading alone, the same text for both from a file.
if [ -x "$pure" ]; then
  work="Reading a listing of $many snapshots"
  said "$work"
  sh -c "$listing" > "$ground/listing"
  for round in $(seq "$rounds"); do
    measured "$work" zferry sh -c "exec '$pure' listing < '$ground/listing'"
    measured "$work" awk sh -c "exec awk -F'\\t' '{ sum += \$3 } END { print sum }' '$ground/listing'"
  done
  rm -f "$ground/listing"
  bar "$work: times awk's time" "$(ratio "$work" zferry awk)" 2
else
  note "There is no $(basename "$pure"): reading a listing was not measured beside awk. \`make bench\` builds it."
fi

half="Plan with 3 lifetimes: $((many / 2)) snapshots of one dataset"
work="Plan with 3 lifetimes: $many snapshots of one dataset"
bar "$work: own CPU seconds" "$(median "$work" zferry 4)" 2
bar "$work: times the own CPU of half as many" \
  "$(calculate "$(median "$work" zferry 4) / $(median "$half" zferry 4)")" 2.2
work="Plan with 512 MB of memory: $many snapshots of one dataset"
said "$work"
# It ends well or says what it lacks; either is an answer, and a kill is none.
measured "$work" zferry sh -c "ulimit -v 524288; '$zferry' plan lifetimes 2>&1 | grep -m 1 -e 'nothing to send' -e ENOMEM"
note "$work: $(head -c 200 "$ground/output")"
