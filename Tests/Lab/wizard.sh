#!/bin/bash
# Drives the wizard at the keys, as a person would, in tmux inside a machine of the lab.
#   wizard.sh push PORT      tank/data of this machine to backup on the one at 10.0.2.2, with Generate New
#   wizard.sh pull           stock/data of that machine to vault on this one, with the connection there is
#   wizard.sh local          one/data to two, within this machine
# Each makes and runs a task named after itself: wizard-push, wizard-pull, wizard-local.
set -u
screen() { tmux capture-pane -p -t wizard; }

# see TEXT: waits until the screen shows it.
see() {
  for _ in $(seq 240); do
    screen | grep -qF -- "$1" && return
    sleep 0.25
  done
  echo "never seen: $1; the screen is:"; screen
  exit 1
}

press() { for key; do tmux send-keys -t wizard "$key"; sleep 0.15; done; }

type_text() { tmux send-keys -t wizard -l -- "$1"; sleep 0.3; }

# mark POOL: opens the pool in the browser of sources, marks its dataset `data`, and everything below.
mark() {
  see "Datasets to copy"; see "▸ $1"
  press Right; see "▸ data"; press Down Space
  see "$1/data: marked"; press Tab Enter
  see "[ $1/data ]"
  press Tab Space; see "[x]"
}

# into POOL: marks the pool as the place, and types `data` for a new dataset below it.
into() {
  see "Dataset that receives the copies"; see "▸ $1"
  press Space Tab; type_text data; press Tab; see "Destination: $1/data"; press Enter
  see "[ $1/data ]"
}

generate_new() {
  see "Generate New…"; press Enter
  see "the other system"; type_text "${ZFERRY_LAB_PEER:-10.0.2.2}"
  press Tab C-u; type_text "$1"
  press Tab Tab; press C-u; type_text b
  press Tab Enter
  see "is this the right host?"; see "SHA256:"; press Tab Enter
  see "password, once"; type_text practice; press Tab Enter
  see "it works"; press Enter
}

name_it() { press Tab C-u; type_text "wizard-$1"; press Tab Enter; }

schedule_and_run() {
  see ": Schedule"; press BTab BTab Enter
  see "What the first run does"; see "Nothing is destroyed."
  screen
  press Tab Tab Enter
  see "done and checked"
  screen
  press Enter; see "Replication tasks"
  press F10; sleep 0.3
  screen | grep -qF "Quit?" && press Tab Enter
  sleep 0.5
}

tmux kill-server 2>/dev/null; sleep 0.2
LC_ALL=C.UTF-8 tmux -u new-session -d -s wizard -x 80 -y 24 'zferry wizard; sleep 5'
see "Step 1 of"
case $1 in
  push)
    press Space; see "[ Choose… ]"; press Tab Enter; mark tank
    press Tab Tab Enter; see ": Destination"
    press Right Space; see "SSH Connection"; press Tab Enter; generate_new "$2"
    see "[ b ]"; press Tab Enter; into backup; name_it push
    see ": SSH connection"; press BTab BTab BTab Enter
    schedule_and_run;;
  pull)
    press Right Space; see "SSH Connection"; press Tab Enter
    see "SSH connections"; press Enter; see "[ b ]"
    press Tab Enter; mark stock
    press BTab BTab BTab BTab BTab; press BTab BTab Enter; see ": Destination"
    press Tab Enter; into vault; name_it pull
    see ": SSH connection"; press BTab BTab BTab Enter
    schedule_and_run;;
  local)
    press Space; see "[ Choose… ]"; press Tab Enter; mark one
    press Tab Tab Enter; see ": Destination"
    press Space; see "Destination  "; press Tab Enter; into two; name_it local
    schedule_and_run;;
esac
tmux kill-server 2>/dev/null
exit 0
