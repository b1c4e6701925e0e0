# SSH+NETCAT: the data takes a connection of its own, made by either side, unencrypted and with a token.
pools a tank; pools b backup; tree a tank
connect || true
snapshot a tank/data auto-2026-01-01_00-00
# data_port MACHINE: a port of it that the other machine reaches.
data_port() { echo $(($(port_of "$1") + 100)); }
# over_netcat NAME SIDE MACHINE: a push to backup/NAME, for which the machine of that side listens.
over_netcat() {
  task "$1" <<YAML
direction: PUSH
transport: SSH+NETCAT
connection: b
source_datasets: [tank/data]
target_dataset: backup/$1
recursive: true
also_include_naming_schema: ["auto-%Y-%m-%d_%H-%M"]
auto: false
retention_policy: NONE
netcat_active_side: $2
netcat_active_side_port_min: $(data_port "$3")
netcat_active_side_port_max: $(data_port "$3")
netcat_passive_side_connect_address: 10.0.2.2
YAML
}
check "a task over the other side's port is taken" over_netcat there REMOTE b
check "a task over this side's port is taken" over_netcat here LOCAL a
for name in there here; do
  check "$name: the first run ends with 0" on a "zferry run $name"
  check "$name: all GUIDs are equal" equal "$(guids b "backup/$name")" "$(guids a tank/data)"
done
on a "head -c 40000000 /dev/urandom > /tank/data/docs/more"; snapshot a tank/data auto-2026-01-01_01-00
for name in there here; do
  before=$(on b "cat /sys/class/net/*/statistics/rx_bytes | sort -n | tail -1")
  check "$name: the increment ends with 0" on a "zferry run $name"
  check "$name: the data came" test $(($(on b "cat /sys/class/net/*/statistics/rx_bytes | sort -n | tail -1") - before)) -ge 40000000
  check "$name: all GUIDs are equal again" equal "$(guids b "backup/$name")" "$(guids a tank/data)"
done
check "nothing is left of a connection" equal "$(on a 'ls -d /tmp/zferry-* 2>/dev/null'; on b 'ls -d /tmp/zferry-* 2>/dev/null; pgrep -x -r R,S,D nc')" ""
# Whoever gets to the port first is not the one that is waited for.
on b "nc -kl $(data_port b) < /dev/null > /root/overheard 2>&1 & sleep 1"
snapshot a tank/data auto-2026-01-01_02-00
# nc shares a port with another one: the run may come through beside the stranger, or not.
on a 'zferry run there' > /dev/null 2>&1
check "a stranger on the port is sent no data" on b "test \$(stat -c %s /root/overheard) -lt 1000"
on b "pkill -x nc"
check "once the port is free the run ends with 0" on a "zferry run there"
check "and all GUIDs are equal" equal "$(guids b backup/there)" "$(guids a tank/data)"
