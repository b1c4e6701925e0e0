# A run with nothing to do, of 50 datasets: processes and logins are counted.
pools a many; pools b copies
on a "zfs create many/d; for i in \$(seq 49); do zfs create -u many/d/n\$i; done"
check "a connection is set up" connect
snapshot a many/d auto-2026-01-01_00-00
task many <<'YAML'
direction: PUSH
transport: SSH
connection: b
source_datasets: [many/d]
target_dataset: copies/d
recursive: true
also_include_naming_schema: ["auto-%Y-%m-%d_%H-%M"]
auto: false
retention_policy: NONE
YAML
check "the first run ends with 0" on a "zferry run many"
count='printf "#!/bin/sh\necho \"\$*\" >> /tmp/zfs-calls\nexec /usr/sbin/zfs \"\$@\"\n"'
for machine in a b; do
  on $machine "$count > /usr/local/sbin/zfs; chmod +x /usr/local/sbin/zfs; rm -f /tmp/zfs-calls; : > /tmp/zfs-calls"
done
on b ": > /var/log/sshd.log"
check "a run with nothing to do ends with 0" on a "PATH=/usr/local/sbin:\$PATH zferry run many"
# The look itself is a login too: it is counted, and comes first.
logins=$(on b 'grep -c "Accepted publickey" /var/log/sshd.log')
here_calls=$(on a 'wc -l < /tmp/zfs-calls'); there_calls=$(on b 'wc -l < /tmp/zfs-calls')
echo "      zfs processes: $here_calls here, $there_calls there; logins: $logins (one is ours, to look)"
check "at most two zfs processes here" test "$here_calls" -le 2
check "at most two zfs processes there" test "$there_calls" -le 2
check "one login, beside the one that looks" test "$logins" -le 2
for machine in a b; do on $machine "rm -f /usr/local/sbin/zfs"; done
