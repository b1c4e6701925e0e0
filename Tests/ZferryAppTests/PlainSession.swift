import FormKit
import ReplicationEngine
import ReplicationModel
import TerminalCore

@testable import AppGallery
@testable import AppRuntime
@testable import ZferryApp

/// A line terminal that plays answers, and writes down all that stood there.
final class ScriptedLines: LineTerminal {
  var isInteractive = false
  /// What was told and asked, with the answers behind their prompts; secrets are not shown.
  private(set) var transcript = ""
  /// All that the program itself wrote.
  private(set) var written = ""
  private(set) var prompts: [String] = []
  var answers: [LineEvent]
  /// Takes the place of `answers` where it is set.
  var script: PlainScript?
  /// What ends waits that are for no line; then nothing comes any more.
  var waits: [LineEvent] = []
  private(set) var drops = 0
  var hasMail: () -> Bool = { false }

  init(_ answers: [LineEvent]) { self.answers = answers }

  func write(_ text: String) {
    written += text
    transcript += text
  }

  func ask(_ prompt: String, isSecret: Bool) { write(prompt) }

  func wait(for wanted: LineWish, seconds: Double?) -> LineEvent {
    if hasMail() { return .mailbox }
    guard wanted != .nothing else { return waits.isEmpty ? .hangUp : waits.removeFirst() }
    prompts.append(String(written.split(separator: "\n").last ?? ""))
    if let line = script?.answer(to: written) {
      answers.append(.line(line))
    }
    guard !answers.isEmpty else { return .endOfInput }
    let event = answers.removeFirst()
    if case .line(let text) = event { transcript += wanted == .secret ? "" : text }
    return event
  }

  func discardTypedAhead() { drops += 1 }
}

/// What a person does who knows what to say to some prompts, and keeps the rest with Enter.
struct PlainScript {
  /// The beginning of a prompt, with a part of the screen's title before a bar where that matters,
  /// and what is answered to it; one after the other.
  var steps: [(prompt: String, answer: String)]
  /// What was answered, and to what.
  private(set) var given: [(prompt: String, answer: String)] = []

  init(_ steps: [(String, String)]) { self.steps = steps.map { (prompt: $0, answer: $1) } }

  /// The answer to the prompt at the end of a text; nil once all was said.
  mutating func answer(to text: String) -> String? {
    guard let next = steps.first, given.count < 300 else { return nil }
    let screens = text.split(separator: "\n\n")
    let title = screens.last?.split(separator: "\n").first ?? ""
    let prompt = text.split(separator: "\n").last ?? ""
    let wanted = next.prompt.split(separator: "|")
    let isIt =
      prompt.hasPrefix(wanted.last ?? "") && (wanted.count < 2 || title.contains(wanted[0]))
    let answer = isIt ? next.answer : ""
    if isIt { steps.removeFirst() }
    given.append((prompt: "\(title)|\(prompt)", answer: answer))
    return answer
  }
}

/// Each look at it is later by a step: half a second is a person, none is a paste.
final class HumanClock: ClockPort, @unchecked Sendable {
  private let step: Double
  private var time = 0.0
  init(step: Double) { self.step = step }
  func now() -> Instant { Instant(1_795_514_700) }
  func uptime() -> Double {
    time += step
    return time
  }
  func sleep(seconds: Double) async {}
}

/// Plain mode with a person at its prompts and a world behind it.
final class PlainSession {
  let lines: ScriptedLines
  private(set) var world: FakeWorld
  private(set) var effects: [Effect] = []
  private(set) var end: LineLoop.End?
  private(set) var state: AppState?

  /// Plays a script to its end.
  convenience init(_ script: PlainScript, world: FakeWorld = FakeWorld()) {
    self.init([], world: world, script: script)
  }

  init(
    _ answers: [String], world: FakeWorld = FakeWorld(), wizard: Bool = true, step: Double = 0.6,
    unicode: Bool = false, events: [LineEvent] = [], interactive: Bool = false,
    waits: [LineEvent] = [], script: PlainScript? = nil
  ) {
    lines = ScriptedLines(answers.map { .line($0) } + events)
    lines.isInteractive = interactive
    lines.waits = waits
    lines.script = script
    self.world = world
    let mailbox = Mailbox {}
    lines.hasMail = { !mailbox.isEmpty }
    let loop = LineLoop(
      state: AppState(
        opening: wizard ? .wizard : .tasks, now: Instant(1_795_514_700),
        size: .init(columns: 72, rows: 24)),
      terminal: lines, renderer: LineRenderer(unicode: unicode), mailbox: mailbox,
      clock: HumanClock(step: step),
      start: { [self] effect in
        effects.append(effect)
        for message in self.world.answer(effect) { mailbox.post(message) }
      })
    end = loop.run()
    state = loop.state
  }

  /// What was saved.
  var orders: [TaskOrder] {
    effects.compactMap { if case .save(_, let order) = $0 { order } else { nil } }
  }

  var changedSomething: Bool { effects.contains(where: \.changesSomething) }
}
