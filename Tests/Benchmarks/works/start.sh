# How long the program takes to start: its version, and its list of (no) tasks.
work='Start: `--version`'
said "$work"
remembers state.start; world 1 1 0
for round in $(seq "$rounds"); do
  for again in 1 2 3 4; do measured "$work" zferry "$zferry" --version; done
done
bar "$work, in ms" "$(calculate "1000 * $(median "$work" zferry 3)")" 20
