internal import Glibc

/// A practice machine whose state lives in a folder, for any number of processes.
public enum FolderMachine {
  /// Opens the machine in a folder, and makes it where there is none.
  ///
  /// - Parameter root: the folder.
  /// - Returns: the machine; each of its commands works on the state that the last one left.
  /// - Throws: `DiskProblem` where the folder cannot be made.
  public static func open(_ root: String) throws -> SandboxMachine {
    let storage = try FolderStorage(root)
    let machine = SandboxMachine(
      state: SandboxState(seed: UInt64.random(in: .min ... .max)), storage: storage,
      clock: { Int64(time(nil)) })
    machine.exclusively = { body in
      let lock = try OpenFile("\(root)/lock", O_RDWR | O_CREAT)
      guard lock.lock(waits: true) else { throw DiskProblem("lock \(root)") }
      let before = try Disk.bytes(of: "\(root)/state")
      if let before { machine.state = try StateText.state(before) }
      try machine.settle()
      // What a failed command has changed up to there is kept: it is on the disk already.
      let result = Swift.Result { try body() }
      let after = StateText.bytes(machine.state)
      // A command that only looks writes nothing.
      if after != before { try Disk.replace("\(root)/state", with: after) }
      withExtendedLifetime(lock) {}
      try result.get()
    }
    return machine
  }
}
