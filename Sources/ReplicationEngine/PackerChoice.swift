internal import ReplicationModel

/// What a packer did with the first of a stream.
struct PackerTrial: Hashable {
  var packer: Packer
  /// Bytes of the stream that it takes a second.
  var rate: Double
  /// Bytes of the stream for each byte on the way.
  var ratio: Double
}

/// Which packer brings a stream across fastest: a pure function of what was measured.
enum PackerChoice {
  /// What a stronger one has to win, so that no processor works for nothing.
  static let worth = 1.1

  /// The packer for a link that carries so many bytes a second; nil where none is worth its work.
  ///
  /// A pipe is as fast as its slowest part: the packer, or the link with what is left to carry.
  static func best(link: Double, trials: [PackerTrial]) -> Packer? {
    var best: (packer: Packer?, rate: Double) = (nil, link)
    for trial in trials {
      let rate = min(trial.rate, link * trial.ratio)
      if rate > best.rate * worth { best = (trial.packer, rate) }
    }
    return best.packer
  }

  /// Whether a stronger packer can win yet: not once the packer is what holds the stream back.
  static func goesOn(link: Double, after trial: PackerTrial) -> Bool {
    trial.rate > link * trial.ratio
  }
}
