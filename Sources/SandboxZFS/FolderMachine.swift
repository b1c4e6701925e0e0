internal import Foundation
internal import Glibc

/// A practice machine whose state lives in a folder, for any number of processes.
public enum FolderMachine {
  /// Opens the machine in `root`, and makes it where there is none.
  public static func open(_ root: String) throws -> SandboxMachine {
    let storage = try FolderStorage(root)
    let machine = SandboxMachine(
      state: SandboxState(seed: UInt64.random(in: .min ... .max)), storage: storage,
      clock: { Int64(time(nil)) })
    machine.exclusively = { body in
      let lock = Glibc.open("\(root)/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
      guard lock >= 0, flock(lock, LOCK_EX) == 0 else { throw CocoaError(.fileReadUnknown) }
      // Closing the file gives the lock back, also when the process is killed.
      defer { close(lock) }
      let file = URL(filePath: "\(root)/state.json")
      let before = try? Data(contentsOf: file)
      if let before { machine.state = try JSONDecoder().decode(SandboxState.self, from: before) }
      try body()
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      let after = try encoder.encode(machine.state)
      // A command that only looks writes nothing.
      if after != before {
        try after.write(to: file, options: .atomic)
      }
    }
    return machine
  }
}
