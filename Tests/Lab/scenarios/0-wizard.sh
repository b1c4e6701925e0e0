# The wizard at the keys, in tmux inside a: a push of five datasets to b, a pull from it, and a local copy;
# then new snapshots, a second run, and nothing left to do.
on a "rm -rf /etc/zferry /var/lib/zferry"
on a "zpool list -H -o name | xargs -r -n1 zpool destroy -f"
on b "zpool list -H -o name | xargs -r -n1 zpool destroy -f"
put a "$here/wizard.sh" /root/

# again NAME MACHINE TREE MACHINE COPY: a snapshot of the source, a second run, equal GUIDs, up to date.
again() {
  snapshot "$2" "$3" auto-2030-01-01_00-00
  check "$1: the second run ends with 0" on a "zferry run $1"
  check "$1: all GUIDs are equal" equal "$(guids "$4" "$5")" "$(guids "$2" "$3")"
  check "$1: then it is up to date" equal "$(on a "zferry plan $1 --json" | jq .up_to_date)" true
}

pools a tank; pools b backup; tree a tank
snapshot a tank/data auto-2026-01-01_00-00
check "the wizard sets up a push, with Generate New, and runs it" on a "/root/wizard.sh push $(port_of b)"
again wizard-push a tank/data b backup/data
check "the volume came along" equal "$(on b 'zfs get -H -o value type backup/data/disk')" volume
on a "zpool destroy -f tank"; on b "zpool destroy -f backup"

pools b stock; pools a vault; tree b stock
snapshot b stock/data auto-2026-01-01_00-00
check "the wizard sets up a pull, and runs it" on a "/root/wizard.sh pull"
again wizard-pull b stock/data a vault/data
on b "zpool destroy -f stock"; on a "zpool destroy -f vault"

pools a one two; tree a one; on a "zpool set comment=x one"
snapshot a one/data auto-2026-01-01_00-00
check "the wizard sets up a local copy, and runs it" on a "/root/wizard.sh local"
again wizard-local a one/data a two/data
