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

# go LABEL: Tab until this field or button has the focus.
go() {
  for _ in $(seq 20); do
    screen | grep -qE -- "> $1|>\[ $1 \]" && return
    press Tab
  done
  echo "never on: $1; the screen is:"; screen
  exit 1
}

enter() { go "$1"; press Enter; }

# row POOL: Down until the browser's cursor is on this pool.
row() {
  see "▸ $1"
  for _ in $(seq 20); do
    screen | grep -qE -- "> \[.\] ▸ $1( |$)" && return
    press Down
  done
  echo "never on the row of $1; the screen is:"; screen
  exit 1
}

# mark POOL: opens the pool in the browser of sources, marks its dataset `data`, and everything below.
mark() {
  enter "Source  "
  see "Datasets to copy"; row "$1"
  press Right; see "▸ data"; press Down Space
  see "$1/data: marked"; enter "Use marked"
  see "[ $1/data ]"
  go Recursive; press Space; see "[x]"
  enter Next; see ": Destination"
}

# into POOL: marks the pool as the place, and types `data` for a new dataset below it.
into() {
  enter "Destination  "
  see "Dataset that receives the copies"; row "$1"
  press Space; go "New dataset below it"; type_text data; enter "Use this"
  see "[ $1/data ]"
}

generate_new() {
  see "Generate New…"; press Enter
  see "the other system"; type_text "${ZFERRY_LAB_PEER:-10.0.2.2}"
  go Port; press C-u; type_text "$1"
  go "Connection Name"; press C-u; type_text b
  enter "Scan host key"
  see "is this the right host?"; see "SHA256:"; enter "Yes, it is the same"
  see "password, once"; type_text practice; enter "Set up"
  see "it works"; press Enter
}

name_it() { go "Task Name"; press C-u; type_text "wizard-$1"; enter Next; }

schedule_and_run() {
  see ": Schedule"; enter Next
  see "What the first run does"; see "Nothing is destroyed."
  screen
  enter "Save and run"
  see "done and checked"
  screen
  press Enter; see "Replication tasks"
  press F10; sleep 1
  screen | grep -qF "Quit?" && press Tab && sleep 1 && press Enter
  sleep 0.5
}

tmux kill-server 2>/dev/null; sleep 0.2
LC_ALL=C.UTF-8 tmux -u new-session -d -s wizard -x 80 -y 24 'zferry wizard; sleep 5'
see "Step 1 of"
case $1 in
  push)
    press Space; see "[ Choose… ]"; mark tank
    press Right Space; enter "SSH Connection"; generate_new "$2"
    see "[ b ]"; into backup; name_it push
    see ": SSH connection"; enter Next
    schedule_and_run;;
  pull)
    press Right Space; enter "SSH Connection"
    see "SSH connections"; press Enter; see "[ b ]"; mark stock
    into vault; name_it pull
    see ": SSH connection"; enter Next
    schedule_and_run;;
  local)
    press Space; see "[ Choose… ]"; mark one
    press Space; into two; name_it local
    schedule_and_run;;
esac
tmux kill-server 2>/dev/null
exit 0
