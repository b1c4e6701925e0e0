public import ReplicationModel

/// The two commands that list one side, whatever the number of its datasets: one wide, of datasets,
/// and one narrow, of snapshots and bookmarks.
///
/// Asking for more than `createtxg`, `guid` and `name` of a snapshot makes ZFS read each one's own
/// block; the narrow listing keeps to what the planner needs.
public enum Listing {
  static let datasetColumns = [
    "name", "type", "guid", "readonly", "receive_resume_token", "encryption", "encryptionroot",
    "written", "referenced", "used", "available", "origin",
  ]
  static let snapshotColumns = ["name", "guid", "createtxg", "creation"]
  static let tieColumns = [
    "name", "guid", "createtxg", "creation", "userrefs", "written", "clones",
  ]

  /// Lists the datasets of trees, or the named ones alone.
  public static func datasets(_ roots: [DatasetName], recursive: Bool) -> Command {
    command(
      roots, depth: recursive ? ["-r"] : ["-d", "0"], types: "filesystem,volume",
      columns: datasetColumns)
  }

  /// Lists the snapshots and bookmarks of trees, or of the named datasets alone.
  public static func snapshots(_ roots: [DatasetName], recursive: Bool) -> Command {
    command(
      roots, depth: recursive ? ["-r"] : ["-d", "1"], types: "snapshot,bookmark",
      columns: snapshotColumns)
  }

  /// Lists the snapshots of one dataset with what keeps them from being destroyed.
  public static func ties(_ dataset: DatasetName) -> Command {
    Command(
      "zfs",
      [
        "list", "-Hp", "-d", "1", "-t", "snapshot", "-o", tieColumns.joined(separator: ","),
        dataset.text,
      ])
  }

  /// Lists the names of datasets: of a whole tree, or of a dataset and its children.
  public static func names(_ root: DatasetName, recursive: Bool) -> Command {
    Command(
      "zfs",
      ["list", "-Hp"] + (recursive ? ["-r"] : ["-d", "1"])
        + ["-t", "filesystem,volume", "-o", "name", root.text])
  }

  private static func command(
    _ roots: [DatasetName], depth: [String], types: String, columns: [String]
  ) -> Command {
    Command(
      "zfs",
      ["list", "-Hp"] + depth + ["-t", types, "-o", columns.joined(separator: ",")]
        + roots.map(\.text))
  }
}
