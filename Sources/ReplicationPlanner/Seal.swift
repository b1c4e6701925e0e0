public import ReplicationModel

/// Closes an empty target before a whole copy takes its place, so that what is found empty stays so.
///
/// ZFS counts what was written only when it reaches the disk, seconds later, and `receive -F` asks
/// nobody. Setting a property waits for that, and a read-only dataset takes no more: a look after it
/// is the truth.
public struct Seal: Hashable, Sendable {
  public var target: DatasetName
  /// Makes the target read-only.
  public var close: Command
  /// Gives it back the value that it had. Where that is the value of the dataset above, it is inherited:
  /// the listing does not tell whether it was set here as well.
  public var open: Command
  /// Whether the copy is read-only anyway, or gets its own setting: then nothing is given back after it.
  public var stays: Bool

  public init(target: DatasetName, close: Command, open: Command, stays: Bool) {
    self.target = target
    self.close = close
    self.open = open
    self.stays = stays
  }
}
