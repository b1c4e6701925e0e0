# How long the program takes to start: to its version, and to its first screen, whose keys are the last of
# it to be drawn.
work='Start: `--version`'
said "$work"
remembers state.start; world 1 1 0
for round in $(seq "$rounds"); do
  for again in 1 2 3 4; do measured "$work" zferry "$zferry" --version; done
done
bar "$work, in ms" "$(calculate "1000 * $(median "$work" zferry 3)")" 20
work='Start: first screen, 80x24'
said "$work"
for round in $(seq "$rounds"); do
  for again in 1 2 3 4; do TERM=xterm-256color measured "$work" zferry -t quit "$zferry"; done
done
bar "$work, in ms" "$(calculate "1000 * $(median "$work" zferry 3)")" 100
