# Encryption of a new destination, pushed from a to b: with a key of its own, kept by zferry or in a file
# there, inherited, and raw. Then a restart's worth of unloaded keys, and what is refused.
on a "rm -rf /etc/zferry /var/lib/zferry"; on b "rm -rf /root/keys /tmp/zferry-key-*"
pools a tank; pools b backup; tree a tank; connect
snapshot a tank/data auto-2026-01-01_00-00
# crypt NAME TARGET LINES…: a task from tank/data.
crypt() {
  local name=$1 target=$2; shift 2
  { cat <<YAML; printf '%s\n' "$@"; } | task "$name"
direction: PUSH
transport: SSH
connection: b
source_datasets: [${source:-tank/data}]
target_dataset: $target
recursive: true
also_include_naming_schema: ["auto-%Y-%m-%d_%H-%M"]
auto: false
retention_policy: NONE
encryption: true
YAML
}
roots() { on b "zfs list -H -r -t filesystem,volume -o encryptionroot $1" | sort -u; }

check "a task with a key of its own is saved" crypt own backup/own "encryption_key_format: HEX"
check "its file holds no key" on a "! grep -q encryption_key: /etc/zferry/tasks/own.yaml"
check "the key is its owner's alone" equal "$(on a 'stat -c %a /etc/zferry/dataset-keys/own.key')" 600
check "it has 64 digits" on a "grep -qxE '[0-9a-f]{64}' /etc/zferry/dataset-keys/own.key"
check "the run ends with 0" on a "zferry run own"
check "all GUIDs are equal" equal "$(guids b backup/own)" "$(guids a tank/data)"
check "the top is the encryption root of all" equal "$(roots backup/own)" backup/own
check "its key is in no file" equal "$(on b 'zfs get -H -o value keylocation backup/own; ls -d /tmp/zferry-key-* 2>/dev/null')" prompt
check "the key is in no log" on a "! grep -rqF \"\$(cat /etc/zferry/dataset-keys/own.key)\" /var/lib/zferry"
snapshot a tank/data auto-2026-01-01_01-00
on b "zfs unmount -a 2>/dev/null; zfs unload-key -r backup/own"
check "after a restart the plan says which key it loads" equal "$(on a 'zferry plan own --json' | jq -r '.unlocks | join(" ")')" backup/own
check "the run loads it and ends with 0" on a "zferry run own"
check "all GUIDs are equal again" equal "$(guids b backup/own)" "$(guids a tank/data)"
check "the exported key opens the copy" on a "zferry key export own --json | jq -er '.[\"backup/own\"]' > /root/exported"
on a "cat /root/exported" > "$work/key"; on b "zfs unload-key -r backup/own"
check "by hand, too" on b "echo $(cat "$work/key") | zfs load-key -L prompt backup/own"

check "a key may stay in a file there" crypt file backup/file "encryption_key_format: PASSPHRASE" "encryption_key: correct horse" "encryption_key_location: /root/keys/file"
check "the run ends with 0" on a "zferry run file"
check "the file is its owner's alone" equal "$(on b 'stat -c %a /root/keys/file')" 600
check "zfs reads it from there" on b "zfs unmount -a 2>/dev/null; zfs unload-key -r backup/file && zfs load-key backup/file"
on b "echo other > /root/keys/other"
crypt other backup/other "encryption_key_format: HEX" "encryption_key_location: /root/keys/other"
check "a file with something else is not overwritten" equal "$(status_of on a 'zferry run other')" 1
check "and nothing was made" on b "! zfs list backup/other"

on b "echo correct horse | zfs create -o encryption=on -o keyformat=passphrase backup/e"
check "inherited below an encrypted dataset" crypt inherit backup/e/data "encryption_inherit: true"
check "the run ends with 0" on a "zferry run inherit"
check "the key is that of the dataset above" equal "$(roots backup/e/data)" backup/e
crypt nowhere backup/plain "encryption_inherit: true"
check "inherited below a plain one is refused with 73" equal "$(status_of on a 'zferry run nowhere')" 73
on b "zfs unmount -a 2>/dev/null; zfs unload-key backup/e"; snapshot a tank/data auto-2026-01-01_02-00
check "without a key that zferry has not it is refused with 73" equal "$(status_of on a 'zferry run inherit')" 73

# Encrypted sources go raw, and increments too.
on a "echo correct horse | zfs create -o encryption=on -o keyformat=passphrase tank/secret; head -c 1000000 /dev/urandom > /tank/secret/file; zfs create tank/secret/below"
snapshot a tank/secret auto-2026-01-01_00-00
source=tank/secret crypt twice backup/twice "encryption_key_format: HEX"
check "an encrypted source gets no other key: 73" equal "$(status_of on a 'zferry run twice')" 73
source=tank/secret crypt raw backup/raw
on a "sed -i '/^encryption/d' /root/raw.yaml && zferry task apply /root/raw.yaml"
check "it is sent raw" on a "zferry run raw"
snapshot a tank/secret auto-2026-01-01_01-00
on a "zfs unmount -a 2>/dev/null; zfs unload-key -r tank/secret"
check "also while its key is away" on a "zferry run raw"
check "all GUIDs are equal" equal "$(guids b backup/raw)" "$(guids a tank/secret)"
check "and the passphrase opens the copy" on b "echo correct horse | zfs load-key -L prompt backup/raw"
on a "rm -rf /etc/zferry /var/lib/zferry"
