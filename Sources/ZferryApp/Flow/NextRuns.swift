import ReplicationModel

extension AppState {
  /// The next three times it runs, in words; empty where it does not run by itself.
  var nextRunWords: [String] { [] }
}
