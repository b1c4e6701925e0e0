import FormKit
public import ReplicationModel
public import TerminalCore

/// All the app knows: what is on the screen follows from it, and from nothing else.
public struct AppState: Hashable, Sendable {
  /// Never empty; the last is on the screen.
  var stack: [Place]
  var question: Question?
  var questionFocus: FocusID = ""
  /// What was typed to confirm it, and where the caret stands in it.
  var questionText = ""
  var questionCaret = 0
  public internal(set) var size: Size
  /// What the screen is drawn with now: `rich`, or less in the basic mode.
  public internal(set) var capabilities: Capabilities
  /// What the terminal can be drawn with at best.
  let rich: Capabilities
  /// Whether basic screens are right for this line and terminal, where nobody says otherwise.
  let prefersBasic: Bool
  /// Whether a person chose basic screens; nil where they are drawn as it is best.
  var chosenBasic: Bool?
  var now: Instant
  var zone: LocalZone

  /// Nothing outside is changed: what would, is disabled and says so.
  let isReadOnly: Bool
  /// Set on a practice ground.
  let practice: Practice?
  /// Only what is needed is asked; the review shows the rest with its defaults (ux.md 35).
  public internal(set) var asksLess = false

  @Apart var library = Library()
  var isLoaded = false
  var loading: RequestID?
  @Apart var wizard = Wizard()
  @Apart var advanced = Advanced()
  @Apart var browser = Browser()
  @Apart var pairing = Pairing()
  @Apart var scheduleEdit = ScheduleEdit()
  @Apart var planLook: PlanLook?
  @Apart var checkup: Checkup?
  /// The checks that were made last, to their end.
  @Apart var lastCheckup: Checkup?
  /// A save that waits for its checks.
  @Apart var saveGate: SaveGate?
  @Apart var restore: Restore?
  @Apart var deciding: Deciding?
  @Apart var retention: RetentionLook?
  @Apart var rights: RightsLook?
  @Apart var importing = Importing()
  @Apart var outlived: OutlivedLook?
  /// Which of several conflicts is shown, counted on round and round.
  var conflictIndex = 0
  @Apart var run = RunState()
  @Apart var management = Management()
  /// The answers of the task that was saved last: what `--write-answers` exports.
  public internal(set) var savedAnswers: Answers?
  let installation: Installation
  /// What just happened, until the next key.
  var notice: Note?
  var lastRequest = 0
  /// A draft that is being kept or deleted.
  var keeping: RequestID?
  /// The task that is opened on the advanced screen once the tasks are read.
  var opensOnceLoaded: String?

  /// The app before its first key.
  public init(
    opening: Opening = .tasks, zone: Zone = .utc, now: Instant = Instant(0),
    size: Size = Size(columns: 80, rows: 24), capabilities: Capabilities = Capabilities(),
    prefersBasic: Bool = false, chosenBasic: Bool? = nil, readOnly: Bool = false,
    practice: Practice? = nil,
    asksLess: Bool = false, installation: Installation = Installation()
  ) {
    self.asksLess = asksLess
    self.installation = installation
    self.isReadOnly = readOnly
    self.practice = practice
    self.stack = [Place(route: .tasks)]
    self.size = size
    self.prefersBasic = prefersBasic
    self.chosenBasic = chosenBasic
    self.capabilities = chosenBasic ?? prefersBasic ? .basic : capabilities
    self.rich = capabilities
    self.now = now
    self.zone = LocalZone(zone)
    switch opening {
    case .tasks: break
    case .wizard: stack.append(Place(route: .wizard(.source)))
    case .advanced(nil): stack.append(Place(route: .advanced))
    case .advanced(let task?): opensOnceLoaded = task
    }
  }

  /// What is done first.
  public mutating func begin() -> [Effect] {
    let id = newRequest()
    loading = id
    refresh()
    focusFirst()
    return [.load(id)]
  }

  /// The place on the screen.
  var place: Place {
    get { stack.last ?? Place(route: .tasks) }
    set {
      if stack.isEmpty { stack = [newValue] } else { stack[stack.count - 1] = newValue }
    }
  }

  public var route: Route { place.route }

  /// Whether a button that cannot be taken back has the focus: the runtime keeps keys that were
  /// typed ahead from pressing it (ux.md 16).
  public var dangerHasFocus: Bool {
    question.map { question in
      question.spec(self).answers.contains { $0.danger && $0.id == questionFocus }
    } ?? false
  }

  /// Where the caret stands in the text that has the focus, in characters.
  var caret: Int {
    get { question == nil ? place.caret : questionCaret }
    set { if question == nil { place.caret = newValue } else { questionCaret = newValue } }
  }

  /// Whether time has to be told though no key comes: what is on the screen grows older.
  public var wantsClock: Bool { run.isRunning || showsOthersRun || management.trial != nil }

  mutating func newRequest() -> RequestID {
    lastRequest += 1
    return RequestID(lastRequest)
  }

  /// The task that is being put together, on whichever screen that is.
  var order: TaskOrder {
    isInAdvanced ? advanced.order(in: library) : Composer.compose(wizard.choices, in: library)
  }

  /// Where `zfs` of the source runs; nil where a connection is missing.
  var sourceHost: HostChoice? {
    let task = order.task
    return task.transport != .local && task.direction == .pull ? remoteHost : .local
  }

  /// Where `zfs` of the destination runs; nil where a connection is missing.
  var destinationHost: HostChoice? {
    let task = order.task
    return task.transport != .local && task.direction == .push ? remoteHost : .local
  }

  /// The chosen connection, with the task's word on sudo.
  var remoteHost: HostChoice? {
    let task = order.task
    guard var connection = library.connection(task.connection) else { return nil }
    connection.sudo = connection.sudo || task.sudo
    return .remote(connection)
  }
}
