# Faults of users, sshd, sudo and pools, planted one at a time on b; the doctor on a names each, and
# then five of them in one run.
pools a tank; pools b backup; tree a tank
check "a connection is set up" connect
# On b, after a change of sshd's files: in force once its port is open again.
reload='kill -HUP $(cat /run/sshd.pid); sleep 1; until nc -z 127.0.0.1 22; do sleep 1; done'
on b 'useradd -m -s /bin/sh doc; mkdir -p /etc/ssh/keys; cp /root/.ssh/authorized_keys /etc/ssh/keys/doc; chmod 644 /etc/ssh/keys/doc
  echo "doc ALL=(root) NOPASSWD: /usr/sbin/zfs, /sbin/zfs, /usr/sbin/zpool, /sbin/zpool" > /etc/sudoers.d/doc
  echo "AuthorizedKeysFile /etc/ssh/keys/%u .ssh/authorized_keys" > /etc/ssh/sshd_config.d/doc.conf'
on b "$reload"
on a 'cd /etc/zferry/connections && sed "s/^username:.*/username: doc/; s/^sudo:.*/sudo: true/" b.yaml > doc.yaml
  grep -q "^sudo:" doc.yaml || echo "sudo: true" >> doc.yaml; chmod 600 doc.yaml'

# codes WORDS CHECK…: what the doctor says of these checks, `id=code` each.
codes() {
  local words=$1; shift
  on a "zferry doctor $words --json" |
    jq -r --arg ids "$*" '[.checks[] | select(.id as $i | $ids | split(" ") | index($i)) | .id + "=" + (.code // "")] | join(" ")'
}

# fault CHECK CODE PLANT UNDO: on b; the doctor finds it, and nothing any more once it is undone.
fault() {
  on b "$3"
  check "doctor names: $3" equal "$(codes '--connection doc' "$1")" "$1=$2"
  on b "$4"
}

# sshd LINES: further lines of sshd_config on b.
sshd() { echo "printf '%s\\n' '$1' > /etc/ssh/sshd_config.d/zz.conf; $reload"; }
sshd_back="rm -f /etc/ssh/sshd_config.d/zz.conf; $reload"

check "a user with all that is needed is well" \
  equal "$(on a 'zferry doctor --connection doc --json' | jq -r '[.checks[] | select(.state == "bad" or .state == "skipped") | .id] | join(" ")')" ""

fault shell shell.nologin 'usermod -s /usr/sbin/nologin doc' 'usermod -s /bin/sh doc'
fault shell shell 'usermod -s /bin/false doc' 'usermod -s /bin/sh doc'
fault shell check.shell_speaks 'usermod -s /bin/csh doc; echo "echo welcome" > /home/doc/.cshrc' \
  'rm /home/doc/.cshrc'
check "csh as a login shell is well, when it is silent" equal "$(codes '--connection doc' shell)" "shell="
on b 'usermod -s /bin/sh doc'
fault home check.home_unusable 'usermod -d /var/empty doc' 'usermod -d /home/doc doc'
fault home check.home_missing 'mv /home/doc /home/gone' 'mv /home/gone /home/doc'
fault home check.home_owner 'chown root: /home/doc; chmod 755 /home/doc' 'chown doc: /home/doc'
fault home check.home_mode 'chmod 777 /home/doc' 'chmod 755 /home/doc'
fault home check.home_readonly 'chmod 500 /home/doc' 'chmod 755 /home/doc'
fault sudo sudo 'sed -i s/NOPASSWD:// /etc/sudoers.d/doc' 'sed -i "s/(root)/(root) NOPASSWD:/" /etc/sudoers.d/doc'
fault sudo sudo 'mv /etc/sudoers.d/doc /root/doc.sudo' 'mv /root/doc.sudo /etc/sudoers.d/doc'
fault sudo sudo.tty 'echo "Defaults:doc requiretty" >> /etc/sudoers.d/doc' 'sed -i /requiretty/d /etc/sudoers.d/doc'
fault login auth 'mv /etc/ssh/keys/doc /root/doc.key' 'mv /root/doc.key /etc/ssh/keys/doc'
fault login auth 'mkdir -p /home/doc/.ssh; mv /etc/ssh/keys/doc /home/doc/.ssh/authorized_keys; chown -R doc: /home/doc; chmod 777 /home/doc' \
  'chmod 755 /home/doc; mv /home/doc/.ssh/authorized_keys /etc/ssh/keys/doc; chown root: /etc/ssh/keys/doc'
fault login auth "$(sshd 'AllowUsers root')" "$sshd_back"
fault login auth.method "$(sshd 'Match User doc
PubkeyAuthentication no
PasswordAuthentication yes
Match all')" "$sshd_back"
fault shell shell "$(sshd 'Match User doc
ForceCommand echo backups only
Match all')" "$sshd_back"
fault shell channel "$(sshd 'Match User doc
MaxSessions 0
Match all')" "$sshd_back"
fault remote_zfs zfs.missing 'mv /usr/sbin/zfs /usr/sbin/zfs.away 2>/dev/null || mv /sbin/zfs /sbin/zfs.away' \
  'mv /usr/sbin/zfs.away /usr/sbin/zfs 2>/dev/null || mv /sbin/zfs.away /sbin/zfs'
fault clock check.clock 'date -s "+10 minutes" > /dev/null' 'date -s "-10 minutes" > /dev/null'

on a 'cd /etc/zferry/connections && sed "s/^port:.*/port: 1/" doc.yaml > closed.yaml
  sed "s/^host:.*/host: no-such-host.invalid/" doc.yaml > lost.yaml; ssh-keygen -q -t ed25519 -N "" -f /root/other
  awk -v key="$(cut -d" " -f1,2 /root/other.pub)" "/^host_key:/ { print \"host_key: [\\\"\" key \"\\\"]\"; skip = 1; next } skip && /^(-|  )/ { next } { skip = 0; print }" doc.yaml > changed.yaml
  chmod 600 *.yaml'
check "doctor names a closed port" equal "$(codes '--connection closed' connect)" "connect=connect.refused"
check "doctor names a name that is none" equal "$(codes '--connection lost' resolve)" "resolve=resolve"
check "doctor names a changed host key" equal "$(codes '--connection changed' host_key)" "host_key=host_key.changed"
check "a host that is not reached ends with 69" equal "$(status_of on a 'zferry doctor --connection closed')" 69

task ill <<'YAML'
direction: PUSH
transport: SSH
connection: doc
source_datasets: [tank/data]
target_dataset: backup/data
recursive: true
also_include_naming_schema: ["auto-%Y-%m-%d_%H-%M"]
auto: false
readonly: REQUIRE
retention_policy: NONE
YAML
check "what a task needs there is well" equal "$(codes ill sources destination space features)" "sources= destination= space= features="
on b 'zfs create -o readonly=off backup/data; zfs set quota=1M backup'
check "doctor names a copy that can be written to, and a quota" equal "$(codes ill readonly space)" "readonly=check.readonly_off space=check.quota"
# Every feature is off: to enable but one brings others with it.
on b 'zfs set quota=none backup; zpool destroy backup; truncate -s 2G /root/backup.img; zpool create -f -d backup /root/backup.img'
on a 'zfs create -o recordsize=1M tank/large; head -c 4000000 /dev/urandom > /tank/large/file; zpool sync tank'
check "doctor names a feature that is off" equal "$(codes ill features)" "features=check.feature_off"
on b 'zpool export backup'
check "doctor names a pool that is gone" equal "$(codes ill destination)" "destination=check.pool_missing"
on b 'zpool import -d /root backup'

on b 'sed -i s/NOPASSWD:// /etc/sudoers.d/doc; usermod -s /bin/csh doc; echo "echo welcome" > /home/doc/.cshrc
  chmod 777 /home/doc; date -s "+10 minutes" > /dev/null'
on a 'chmod 644 /etc/zferry/keys/b'
check "five at once are found in one run" equal "$(codes ill key_file shell home sudo clock)" \
  "key_file=check.key_mode shell=check.shell_speaks home=check.home_mode sudo=sudo clock=check.clock"
check "and it changed nothing" equal "$(on b 'zfs list -H -o name -r backup')" "backup"
on b 'date -s "-10 minutes" > /dev/null'
