import ReplicationModel
import FormKit

extension AppState {
  /// Whether the cursor moved within the list; at its edges it does not.
  mutating func moveInList(_ command: KeyCommand, of count: Int) -> Bool {
    guard let there = Self.target(of: command, from: place.row, count: count) else { return false }
    place.row = there
    return true
  }

  /// Where a command leads in `count` rows, or nil where it leads out of them.
  static func target(of command: KeyCommand, from here: Int, count: Int) -> Int? {
    guard count > 0 else { return nil }
    switch command {
    case .up: return here > 0 ? here - 1 : nil
    case .down: return here + 1 < count ? here + 1 : nil
    case .pageUp: return max(0, here - 10)
    case .pageDown: return min(count - 1, here + 10)
    case .first: return 0
    case .last: return count - 1
    default: return nil
    }
  }

  mutating func openConnections() {
    push(.connections)
    let index = library.connections.firstIndex { $0.name == chosenConnection }
    place.row = index ?? 0
  }

  mutating func chooseConnection() -> [Effect] {
    guard library.connections.indices.contains(place.row) else {
      pairing = practice?.pairing ?? Pairing()
      push(.pairing)
      return []
    }
    let name = library.connections[place.row].name
    use(connection: name)
    pop()
    return []
  }

  /// The connection of the task that is being put together.
  var chosenConnection: String? {
    isInAdvanced ? advanced.form.base.connection : wizard.choices.connection
  }

  mutating func use(connection name: String) {
    if isInAdvanced {
      advanced.form.base.connection = name
    } else {
      wizard.choices.connection = name
    }
  }
}
