/// How OpenZFS says no to a command, where its versions differ.
///
/// The sandbox acts as 2.3; real pools may be of either. zferry reads both (`ZFSFailure`).
struct Refusal {
  /// Exit code and words of OpenZFS 2.2 and later.
  let now: (status: Int32, words: String)
  /// The same in OpenZFS 2.1 (Debian 12).
  let before: (status: Int32, words: String)

  /// A snapshot with a hold is to be destroyed.
  static let held = Refusal(now: (1, "it's being held"), before: (1, "dataset is busy"))

  /// A property cannot be set.
  static func setting(_ words: String) -> Refusal {
    Refusal(now: (255, words), before: (1, words))
  }

  func isGiven(in result: ContractResult) -> Bool {
    [now, before].contains { result.status == $0.status && result.errors.contains($0.words) }
  }
}
