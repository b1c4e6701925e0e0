internal import ReplicationModel
public import SandboxZFS
internal import Synchronization

/// A machine with the sandbox's ZFS in memory, for one side of a replication or for both.
public final class FakeMachine: Sendable {
  private struct Parts {
    let machine: SandboxMachine
    let storage: MemoryStorage
    var image: (state: SandboxState, storage: MemoryStorage)?
  }
  private let parts: Mutex<Parts>

  public init(seed: UInt64, clock: ManualClock) {
    let storage = MemoryStorage()
    let machine = SandboxMachine(
      state: SandboxState(seed: seed), storage: storage, clock: { clock.now().seconds })
    parts = Mutex(Parts(machine: machine, storage: storage))
  }

  /// Runs a command line; `input` is all of its standard input.
  public func run(_ words: [String], input: [UInt8] = []) -> SandboxMachine.Result {
    parts.withLock { parts in
      if words.first == "sh" { return KeyFileScript.run(words, input, &parts.storage.files) }
      return parts.machine.run(words, input: input)
    }
  }

  /// Files outside the pools, by path.
  public var files: [String: String] {
    get { parts.withLock { $0.storage.files } }
    set { parts.withLock { $0.storage.files = newValue } }
  }

  /// Keeps an image of its disks as they are now.
  public func keepImage() {
    parts.withLock { $0.image = ($0.machine.state, $0.storage.copy()) }
  }

  /// Sets the disks back to the image.
  public func setBack() {
    parts.withLock { parts in
      guard let image = parts.image else { return }
      parts.machine.state = image.state
      parts.storage.take(image.storage)
    }
  }

  /// Looks at what there is, past the command line.
  func glance<Seen: Sendable>(_ body: @Sendable (SandboxMachine) -> Seen) -> Seen {
    parts.withLock { body($0.machine) }
  }

  /// Runs `zfs` with words that hold no space, as a person would; throws where it fails.
  @discardableResult
  public func zfs(_ line: String) throws -> String {
    try must(["zfs"] + line.split(separator: " ").map(String.init))
  }

  /// Makes a pool.
  public func makePool(_ name: String) throws { try must(["zpool", "create", name]) }

  @discardableResult
  public func must(_ words: [String]) throws -> String {
    let result = run(words)
    guard result.status == 0 else {
      throw FakeFailure(command: words.joined(separator: " "), said: result.errors)
    }
    return String(decoding: result.output, as: UTF8.self)
  }

  /// Writes a file into a dataset's head.
  public func write(_ text: String, to file: String = "file", of dataset: String) {
    parts.withLock { $0.storage.write(text, to: file, of: dataset) }
  }

  /// A file of a dataset's head.
  public func text(_ file: String = "file", of dataset: String) -> String? {
    parts.withLock { $0.storage.text(file, of: dataset) }
  }
}

/// A command that a test wanted to succeed did not.
public struct FakeFailure: Error, CustomStringConvertible {
  public var command: String
  public var said: String
  public var description: String { "\(command): \(said)" }
}

/// What happened, in its order, over all fakes of a world.
public final class Journal: Sendable {
  private let state = Mutex<[String]>([])
  public init() {}
  func note(_ line: String) { state.withLock { $0.append(line) } }
  public var lines: [String] { state.withLock { $0 } }
}
