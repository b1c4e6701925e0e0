internal import ReplicationModel

extension Lifetime {
  /// What is kept for ever elsewhere.
  static let forEver = Lifetime(100, .year)

  /// So many seconds, or up to an hour more, in the largest unit that counts them without a rest.
  init(atLeast seconds: Int64) {
    let hour = Unit.hour.seconds
    let most = Self.forEver.seconds
    let hours = min(most, max(hour, seconds)).advanced(by: Int(hour) - 1) / hour * hour
    let unit = Unit.allCases.reversed().first { hours % $0.seconds == 0 } ?? .hour
    self.init(Int(hours / unit.seconds), unit)
  }
}
