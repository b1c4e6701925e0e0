extension TaskRule {
  /// The other side's shell has names for so many connections.
  static let streamsRange = TaskRule { draft, _ in
    let most = Connection.mostForOneStream
    guard let streams = draft.streams, !(1...most).contains(streams) else { return [] }
    return [
      Finding(
        .streams, code: "streams.range",
        "is \(streams), and has to be from 1 to \(most). Correct it, or leave it out.")
    ]
  }
}
