// Reads a narrow listing from standard input as a run does, and says how many snapshots it had: what is
// measured beside `awk`.
import Glibc
import ZFSText

var reader = SnapshotReader()
var piece = [UInt8](repeating: 0, count: 1 << 18)
while true {
  let count = read(STDIN_FILENO, &piece, piece.count)
  if count <= 0 { break }
  reader.take(piece[..<count])
}
do {
  print(try reader.finish().reduce(0) { $0 + $1.snapshots.count })
} catch {
  print("This line is none of a listing: \(error.line)")
  exit(1)
}
