import Loopback
import ReplicationEngine
import ReplicationFakes
import ReplicationModel
import ReplicationPlanner
import Synchronization
import Testing

@Suite("Several datasets at a time")
struct ParallelTests {
  static let children = ["b", "b/deep", "c", "d", "e"]
  static func policy(_ parallel: Int) -> RunPolicy {
    RunPolicy(estimates: false, prunesSource: true, parallel: parallel)
  }

  @Test("So many streams run beside each other, and no more", arguments: [2, 3, 4])
  func width(parallel: Int) async throws {
    let world = try FakeWorld.with(["s1"], children: Self.children)
    let meeting = Meeting(of: parallel)
    let program = world.program { MeetingHost($0, meeting, below: "bk/a/") }
    let summary = try await program.run(request(), policy: Self.policy(parallel))
    #expect(meeting.hasTakenPlace)
    #expect(program.most == parallel)
    #expect(summary.outcome == .done && summary.snapshots == 6 && world.isEqual())
  }

  @Test("Parents go before their children, and each step that starts ends once")
  func order() async throws {
    let world = try FakeWorld.with(["s1", "s2"], children: Self.children)
    let program = world.program()
    try await program.run(request(), policy: Self.policy(16))
    var open: [String: Int] = [:]
    var begun: [Int: String] = [:]
    var done: Set<String> = []
    for event in program.events {
      switch event {
      case .stepStarted(let index, _, let step):
        let target = step.target.text
        #expect(!open.keys.contains { target.hasPrefix($0) || $0.hasPrefix(target) }, "\(target)")
        if let parent = step.target.parent, parent.text != "bk" {
          #expect(done.contains(parent.text), "\(target) before \(parent)")
        }
        open[target, default: 0] += 1
        begun[index] = target
      case .stepFinished(let index, _, _):
        let target = begun.removeValue(forKey: index) ?? ""
        open[target] = nil
        if world.arrived(target).count == 2 { done.insert(target) }
      default: break
      }
    }
    #expect(begun.isEmpty && done.count == 6)
    #expect(world.isEqual())
  }

  @Test("Clones go after their origins")
  func clones() async throws {
    let world = try FakeWorld.with(["s1"], children: ["base", "x", "y"])
    for name in ["k1", "k2", "k3"] {
      try world.source.zfs("clone tank/a/base@s1 tank/a/\(name)")
    }
    try world.snapshot("s2")
    let program = world.program()
    let wish = request { $0.replicate = true }
    let summary = try await program.run(wish, policy: Self.policy(8))
    #expect(summary.outcome == .done && summary.error == nil)
    #expect(world.target.value("origin", of: "bk/a/k2") == "bk/a/base@s1")
    #expect(program.warnings.isEmpty && world.isEqual())
  }

  @Test(
    "A dataset that fails for good stops what hangs on it, and nothing else", arguments: [1, 4])
  func failure(parallel: Int) async throws {
    let world = try FakeWorld.with(["s1"], children: Self.children)
    let program = world.program()
    program.target.onCommand { command, _ in
      command.arguments.first == "receive" && command.arguments.last == "bk/a/b"
        ? .answer(.failure("cannot receive new filesystem stream: out of space")) : nil
    }
    let summary = try await program.run(request(), policy: Self.policy(parallel))
    #expect(summary.outcome == .partial && summary.snapshots == 4)
    #expect(summary.error?.code == "zfs.out_of_space")
    #expect(program.warnings.sorted() == ["parent.failed", "zfs.out_of_space"])
    #expect(program.retries.isEmpty)
    #expect(world.target.datasets(below: "bk/a") == ["bk/a", "bk/a/c", "bk/a/d", "bk/a/e"])
    #expect(program.unended.isEmpty)
  }

  @Test(
    "Where one link breaks the others come to their end, and only the broken stream is gone on with"
  )
  func cut() async throws {
    let world = try FakeWorld.with(["s1"], children: Self.children)
    let meeting = Meeting(of: 3)
    let program = world.program { MeetingHost($0, meeting, below: "bk/a/") }
    program.link.onStream { send, number in
      number > 1 && send.arguments.last == "tank/a/c@s1"
        ? StreamFault(.cut(remoteIsSource: false), at: 2_000) : nil
    }
    let summary = try await program.run(request(), policy: Self.policy(3))
    #expect(summary.outcome == .done && world.isEqual())
    #expect(program.retries.count == 1)
    let resumed = program.steps.filter { if case .resume = $0 { true } else { false } }
    #expect(resumed.count == 1 && program.steps.count == 7)
    #expect(summary.sentBytes == UInt64(program.link.carried))
    #expect(program.unended.isEmpty)
  }

  @Test("Who cancels stops all of them; each keeps what it has, and the next run goes on")
  func cancelled() async throws {
    let world = try FakeWorld.with(["s1"], children: Self.children)
    let meeting = Meeting(of: 3)
    let program = world.program { MeetingHost($0, meeting, below: "bk/a/") }
    program.link.onStream { _, number in
      number == 4 ? StreamFault(.cancel, at: 2_000) : nil
    }
    let summary = try await program.run(request(), policy: Self.policy(3))
    #expect(summary.outcome == .cancelled && program.retries.isEmpty)
    #expect(program.unended.isEmpty && meeting.hasTakenPlace)
    let next = world.program()
    let second = try await next.run(request(), policy: Self.policy(3))
    #expect(second.outcome == .done && world.isEqual())
    #expect(next.steps.contains { if case .resume = $0 { true } else { false } })
  }

  @Test("must_not_B20: with several at a time, too, progress counts all bytes and never goes back")
  func must_not_B20() async throws {
    let world = try FakeWorld.with(["s1", "s2"], children: Self.children)
    let program = world.program(chunk: 1_000, bytesPerSecond: 2_000)
    let summary = try await program.run(
      request(), policy: RunPolicy(estimates: true, parallel: 4))
    let told = program.events.compactMap { event -> UInt64? in
      if case .progress(_, let bytes, _, _, _) = event { bytes } else { nil }
    }
    try #require(told.count > 5)
    #expect(told == told.sorted())
    #expect((told.last ?? 0) <= summary.sentBytes)
    #expect(summary.sentBytes == UInt64(program.link.carried))
  }

  @Test("No process more than one after the other")
  func processes() async throws {
    func commands(_ parallel: Int) async throws -> Int {
      let world = try FakeWorld.with(["s1"], children: Self.children)
      try await world.program().run(request(), policy: Self.policy(1))
      try world.snapshot("s2")
      let program = world.program()
      try await program.run(request(), policy: Self.policy(parallel))
      return program.source.commands.count + program.target.commands.count
    }
    let alone = try await commands(1)
    let several = try await commands(4)
    #expect(several == alone)
  }
}

extension FakeProgram {
  /// Steps that began, and of whose end nobody was told.
  fileprivate var unended: Set<Int> {
    var open: Set<Int> = []
    for event in events {
      switch event {
      case .stepStarted(let index, _, _): open.insert(index)
      case .stepFinished(let index, _, _), .stepFailed(let index, _): open.remove(index)
      default: break
      }
    }
    return open
  }

  /// How many steps ran at the same time at the most.
  fileprivate var most: Int {
    var (open, most) = (0, 0)
    for event in events {
      switch event {
      case .stepStarted: open += 1
      case .stepFinished, .stepFailed: open -= 1
      default: break
      }
      most = max(most, open)
    }
    return most
  }
}

/// Where some have to come together before anyone goes on; who waits in vain goes on after a minute.
private final class Meeting: Sendable {
  private let size: Int
  private let here = Atomic(0)

  init(of size: Int) { self.size = size }

  var hasTakenPlace: Bool { here.load(ordering: .acquiring) >= size }

  /// Waits for the others; one that comes later goes through.
  func attend() async {
    here.add(1, ordering: .acquiringAndReleasing)
    await eventually { hasTakenPlace }
  }
}

/// A host whose receivers meet before they begin.
private final class MeetingHost: HostPort {
  private let host: SandboxHost
  private let meeting: Meeting
  private let place: String

  init(_ host: SandboxHost, _ meeting: Meeting, below place: String) {
    self.host = host
    self.meeting = meeting
    self.place = place
  }

  var label: String { host.label }

  func run(_ command: Command) async throws(HostError) -> CommandResult {
    try await host.run(command)
  }

  func startSending(_ command: Command) async throws(HostError) -> any RunningStream {
    try await host.startSending(command)
  }

  func startReceiving(_ command: Command) async throws(HostError) -> any RunningStream {
    if command.arguments.last?.hasPrefix(place) == true { await meeting.attend() }
    return try await host.startReceiving(command)
  }

  func close() async { await host.close() }
}
