public import ReplicationModel

/// Commands that destroy snapshots by name: never with `-r`, `-R` or `-d`, never a range.
public enum Destroying {
  /// `zfs destroy dataset@a,b,c`. A name of a snapshot holds neither `,` nor `%`, which would mean more.
  public static func command(_ dataset: DatasetName, _ names: [String]) -> Command {
    .zfs("destroy", "\(dataset.text)@\(names.joined(separator: ","))")
  }

  /// The snapshots in groups that each fit one command; those with a name that ZFS could not have
  /// given are left out.
  public static func batches(_ snapshots: [Snapshot]) -> [ArraySlice<Snapshot>] {
    CommandBytes.groups(
      snapshots.filter { isName($0.name) }, size: { $0.name.utf8.count + 1 })
  }

  private static func isName(_ name: String) -> Bool {
    !name.isEmpty && !name.utf8.contains { ",%@#/".utf8.contains($0) }
  }
}
