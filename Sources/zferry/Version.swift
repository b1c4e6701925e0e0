/// The version that `zferry --version` prints and the CHANGELOG speaks of.
enum Version {
  static let text = "0.1.0"
}
