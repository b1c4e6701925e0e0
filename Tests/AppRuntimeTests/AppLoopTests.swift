import FormKit
import Foundation
import ReplicationEngine
import ReplicationModel
import ReplicationPlanner
import Synchronization
import TerminalCore
import Testing

@testable import AppRuntime
@testable import ZferryApp

/// A terminal that plays keys, and writes down what it was told to show.
final class ScriptedTerminal: Terminal, EventSource {
  var size = Size(columns: 80, rows: 24)
  var keys: [Key] = []
  /// What to do at each wait; the keys are let through after it.
  var waits: [() -> Set<Wake>] = []
  var frames = 0
  var invalidations = 0
  var screens: [Screen] = []
  /// Takes the place of `waits` where it is set.
  var next: (() -> Set<Wake>)?

  var drawnWith: [Capabilities] = []
  var copied: [String] = []
  var takesCopies = true

  func present(_ frame: Frame, with capabilities: Capabilities) {
    frames += 1
    drawnWith.append(capabilities)
  }
  func copy(_ text: String) -> Bool {
    copied.append(text)
    return takesCopies
  }
  func invalidate() { invalidations += 1 }
  func readKey() -> Key? { keys.isEmpty ? nil : keys.removeFirst() }
  func wait(seconds: Double?) -> Set<Wake> {
    if let next { return next() }
    guard !waits.isEmpty else { return [.hangUp] }
    return waits.removeFirst()()
  }
}

@Suite struct AppLoopTests {
  func loop(
    _ terminal: ScriptedTerminal, mailbox: Mailbox = Mailbox {},
    start: @escaping (Effect) -> Void = { _ in }
  ) -> AppLoop {
    AppLoop(
      state: AppState(), terminal: terminal, events: terminal, mailbox: mailbox,
      clock: StepClock(),
      draw: { screen, size, _ in
        terminal.screens.append(screen)
        return Frame(size: size)
      }, start: start)
  }

  /// Someone who set up a connection and no task: the wizard opens, without the checklist.
  static let connected = Library(connections: [Connection()])

  @Test func `the first thing is to load, the last to say goodbye`() {
    let terminal = ScriptedTerminal()
    var started: [Effect] = []
    terminal.waits = [
      {
        terminal.keys = [.function(10)]
        return [.keys]
      }
    ]
    let farewell = loop(terminal) { started.append($0) }.run()
    #expect(started == [.load(RequestID(1))])
    #expect(farewell == "")
  }

  @Test func `a reply in the mailbox is drawn, and nothing is drawn where nothing changed`() {
    let terminal = ScriptedTerminal()
    let mailbox = Mailbox {}
    terminal.waits = [
      {
        mailbox.post(.reply(RequestID(1), .loaded(Library())))
        return [.mailbox]
      }, { [] }, { [] },
    ]
    let loop = loop(terminal, mailbox: mailbox)
    _ = loop.run()
    #expect(terminal.screens.map(\.id) == ["tasks", "before"])
    #expect(terminal.frames == 2)
  }

  @Test func `a resize draws all again and keeps what was entered`() {
    let terminal = ScriptedTerminal()
    let mailbox = Mailbox {}
    mailbox.post(.reply(RequestID(1), .loaded(Self.connected)))
    terminal.waits = [
      {
        terminal.keys = [.character("1"), .tab]
        return [.keys]
      },
      { [.mailbox] },
      {
        terminal.keys = [.character("1"), .tab]
        return [.keys]
      },
      {
        terminal.size = Size(columns: 60, rows: 20)
        return [.resized]
      },
    ]
    let loop = loop(terminal, mailbox: mailbox)
    _ = loop.run()
    #expect(terminal.invalidations == 1)
    #expect(loop.state.size == Size(columns: 60, rows: 20))
    #expect(loop.state.wizard.choices.sourceLocation == .local)
    #expect(loop.state.focus == "source_datasets")
  }

  @Test func `Ctrl-L draws all again`() {
    let terminal = ScriptedTerminal()
    terminal.waits = [
      {
        terminal.keys = [.ctrl("l")]
        return [.keys]
      }
    ]
    _ = loop(terminal).run()
    #expect(terminal.invalidations == 1)
    #expect(terminal.frames == 2)
  }

  @Test(arguments: [(0.0, false), (0.6, true)])
  func `keys typed ahead never press what cannot be taken back`(step: Double, leaves: Bool) {
    let terminal = ScriptedTerminal()
    let mailbox = Mailbox {}
    mailbox.post(.reply(RequestID(1), .loaded(Self.connected)))
    terminal.waits = [
      { [.mailbox] },
      {
        terminal.keys = [.character("1"), .escape]
        return [.keys]
      },
      {
        terminal.keys = [.tab, .tab, .enter]
        return [.keys]
      },
    ]
    let loop = AppLoop(
      state: AppState(), terminal: terminal, events: terminal, mailbox: mailbox,
      clock: StepClock(step: step), draw: { _, size, _ in Frame(size: size) }, start: { _ in })
    _ = loop.run()
    #expect((loop.state.route == .tasks) == leaves)
  }

  @Test func `a terminal that is gone ends the loop`() {
    let terminal = ScriptedTerminal()
    terminal.waits = [{ [.hangUp] }]
    _ = loop(terminal).run()
    #expect(terminal.waits.isEmpty)
  }

  /// Keys in, frames out, real effects between: the whole of the runtime on memory.
  @Test func `a local copy from the first key to the end of its run`() async {
    var bench = Bench()
    let list = "-o name,type,used,available -t filesystem,volume"
    bench.host = ScriptedHost(answers: [
      "zfs list -Hp -d 0 \(list)": CommandResult(
        exit: .status(0),
        output: Array("backup\tfilesystem\t1\t9\ntank\tfilesystem\t1\t9\n".utf8)),
      "zfs list -Hp -d 1 -t snapshot -o name tank": CommandResult(exit: .status(0)),
    ])
    bench.preview = { order in
      var plan = Plan(task: order.task.name, direction: .push)
      plan.mapping = [
        Mapping(
          source: DatasetName(trusted: "tank"), target: DatasetName(trusted: "backup"),
          kind: .filesystem, targetExists: true, matching: 2, total: 2)
      ]
      return Preview(plan: plan)
    }
    bench.run = { task, _, report in
      report(.started(task: task))
      report(.planned(Plan(task: task, direction: .push)))
      report(.finished(Bench.summary(.nothing)))
    }
    let script: [[Key]] = [
      [.character("1"), .tab, .enter],  // here; open the browser
      [.ctrl("n"), .space, .tab, .enter],  // mark tank, use it
      [.tab, .tab, .enter],  // over Recursive and Custom to Next
      [.character("1"), .tab, .enter],  // here; open the browser
      [.space, .tab, .tab, .enter],  // mark backup, use it
      [.tab, .tab, .enter],  // over Encryption and the name to Next
      [.backTab, .backTab, .backTab, .backTab, .enter],  // Next, from the far side
      [.tab, .tab, .enter],  // Save and run
      [.function(10)],
    ]
    let finished = bench
    let end = await withCheckedContinuation { continuation in
      Thread { continuation.resume(returning: Self.play(script, on: finished)) }.start()
    }
    #expect(end.farewell == "tank-to-backup: nothing to send, the copy is up to date.")
    #expect(end.screens.contains("wizard.review"))
    #expect(end.screens.last == "run")
    let stored = bench.files.content.withLock { $0 }
    #expect(stored.tasks["tank-to-backup"]?.sourceDatasets == ["tank"])
    #expect(stored.tasks["tank-to-backup"]?.periodicSnapshotTasks == ["tank-daily"])
    #expect(stored.snapshotTasks["tank-daily"]?.dataset == "tank")
  }

  /// Plays keys, each burst after the work of the one before has come back.
  static func play(_ script: [[Key]], on bench: Bench) -> (farewell: String, screens: [String]) {
    let terminal = ScriptedTerminal()
    let mailbox = Mailbox {}
    let runner = bench.runner(mailbox)
    var rest = script
    terminal.next = {
      if !runner.isIdle || !mailbox.isEmpty {
        while !runner.isIdle { Thread.sleep(forTimeInterval: 0.001) }
        return [.mailbox]
      }
      guard !rest.isEmpty else { return [.hangUp] }
      terminal.keys = rest.removeFirst()
      return [.keys]
    }
    let loop = AppLoop(
      state: AppState(opening: .wizard), terminal: terminal, events: terminal, mailbox: mailbox,
      clock: StepClock(),
      draw: { screen, size, _ in
        terminal.screens.append(screen)
        return Frame(size: size)
      }, start: runner.start)
    return (loop.run(), terminal.screens.map(\.id))
  }
}
