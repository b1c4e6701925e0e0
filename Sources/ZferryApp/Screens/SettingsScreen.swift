import FormKit
import ReplicationModel
import TerminalCore

extension ScreenSpec {
  static let settings = ScreenSpec(
    view: \.settingsScreen, fields: { _ in [.drawing, .asks] })
}

/// What the program tells the screens about itself.
public struct Installation: Hashable, Sendable {
  /// As `1.2.0`.
  public var version: String
  /// The folder of tasks, connections and keys.
  public var config: String
  /// The folder of history, locks and settings.
  public var state: String

  public init(version: String = "", config: String = "", state: String = "") {
    self.version = version
    self.config = config
    self.state = state
  }
}

extension FieldSpec {
  static let drawing = FieldSpec(
    id: "settings.drawing", label: "Screens are drawn",
    help: "Basic has letters only, for a slow line. Ctrl-T switches it anywhere.",
    kind: .choice(
      options: { _ in ["Automatic", "Rich", "Basic"] },
      get: { state in state.chosenBasic.map { $0 ? 2 : 1 } ?? 0 },
      set: { state, index in
        state.chosenBasic = index == 0 ? nil : index == 2
        state.capabilities =
          state.chosenBasic ?? state.prefersBasic ? .basic : state.rich
      }))

  static let asks = FieldSpec(
    id: "settings.asks", label: "The wizard asks",
    help: "Only what is needed leaves out fields whose usual value is right for most.",
    kind: .choice(
      options: { _ in ["Everything", "Only what is needed"] }, get: { $0.asksLess ? 1 : 0 },
      set: { $0.asksLess = $1 == 1 }))
}

extension AppState {
  var settingsScreen: Screen {
    Screen(
      id: route.id, title: "Settings", purpose: "How zferry asks, and where it keeps its files.",
      blocks: [
        .field(fieldView(.drawing)), .field(fieldView(.asks)), .gap,
        .table(
          TableView(rows: [
            TableView.Row(label: "Tasks and keys", value: Words.escaped(installation.config)),
            TableView.Row(label: "History", value: Words.escaped(installation.state)),
            TableView.Row(label: "Time zone", value: Words.escaped(zone.zone.name)),
            TableView.Row(label: "Version", value: Words.escaped(installation.version)),
            TableView.Row(label: "Licence", value: "Apache-2.0"),
          ])),
      ], actions: [Action(id: "settings.back", title: "Back")],
      status: StatusLine(field(place.focus)?.help ?? ""), focus: place.focus)
  }
}
