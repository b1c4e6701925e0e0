import CursesTerminal
import Glibc
import TerminalCore

/// A program of one screen, for tests of what no test process may do to itself: crash, stop, be
/// killed. It shows the keys it gets, and does what a few letters ask for.
struct Probe {
  let terminal: CursesTerminal
  let waker: Waker
  var said = ["ready"]

  var frame: Frame {
    var frame = Frame(size: terminal.size)
    frame.write(
      "size \(terminal.size.columns)x\(terminal.size.rows)", at: Position(column: 0, row: 0),
      role: .title)
    if let substitute = terminal.substitute {
      frame.write("driven as \(substitute)", at: Position(column: 20, row: 0))
    }
    for (row, line) in said.suffix(max(1, terminal.size.rows - 2)).enumerated() {
      frame.write(line, at: Position(column: 0, row: row + 1))
    }
    return frame
  }

  func act(_ letter: Character) {
    switch letter {
    case "q":
      terminal.close()
      print("goodbye")
      exit(0)
    case "f": fatalError("on purpose")
    case "i": print([Int]()[said.count])
    case "a": abort()
    case "s": raise(SIGSEGV)
    case "x": exit(7)
    case "e": write(STDERR_FILENO, "a library says something\n", 25)
    case "w": waker.wake()
    default: break
    }
  }

  mutating func run() -> Never {
    let events = TerminalEvents(terminal, waker)
    while true {
      terminal.present(frame, with: terminal.capabilities)
      let wakes = events.wait(seconds: nil)
      if wakes.contains(.resized) { terminal.invalidate() }
      if wakes.contains(.woken) { said.append("woken") }
      while let key = terminal.readKey() {
        said.append("key \(key)")
        if case .character(let letter) = key { act(letter) }
      }
      if wakes.contains(.hangUp) {
        terminal.close()
        print("hung up")
        exit(129)
      }
    }
  }
}

do {
  var probe = Probe(terminal: try CursesTerminal.open(), waker: try Waker())
  probe.run()
} catch {
  print("no screen: \(error)")
  exit(64)
}
