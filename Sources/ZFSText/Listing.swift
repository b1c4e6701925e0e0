public import ReplicationModel

/// The two commands that list one side, whatever the number of its datasets: one wide, of datasets,
/// and one narrow, of snapshots and bookmarks.
///
/// Asking for more than `createtxg`, `guid` and `name` of a snapshot makes ZFS read each one's own
/// block; the narrow listing keeps to what the planner needs.
public enum Listing {
  static let datasetColumns = [
    "name", "type", "guid", "readonly", "receive_resume_token", "encryption", "encryptionroot",
    "written", "referenced", "used", "available", "origin", "keystatus", "keylocation",
  ]
  static let snapshotColumns = ["name", "guid", "createtxg", "creation"]
  static let tieColumns = [
    "name", "guid", "createtxg", "creation", "userrefs", "written", "clones",
  ]
  static let markColumns = ["name", "guid", "userrefs", "clones"]

  /// What OpenZFS tells since 2.2.
  static let changeColumn = "snapshots_changed"

  /// Lists the datasets of trees, or the named ones alone; with `changes` also when their snapshots
  /// last came or went.
  public static func datasets(_ roots: [DatasetName], recursive: Bool, changes: Bool = false)
    -> Command
  {
    command(
      roots, depth: recursive ? ["-r"] : ["-d", "0"], types: "filesystem,volume",
      columns: datasetColumns + (changes ? [changeColumn] : []))
  }

  /// Lists the bookmarks of trees, of which `snapshots_changed` says nothing.
  public static func bookmarks(_ roots: [DatasetName], recursive: Bool) -> Command {
    command(
      roots, depth: recursive ? ["-r"] : ["-d", "1"], types: "bookmark", columns: snapshotColumns)
  }

  /// Lists the snapshots and bookmarks of trees, or of the named datasets alone.
  public static func snapshots(_ roots: [DatasetName], recursive: Bool) -> Command {
    command(
      roots, depth: recursive ? ["-r"] : ["-d", "1"], types: "snapshot,bookmark",
      columns: snapshotColumns)
  }

  /// Lists the snapshots and bookmarks of many datasets, and nothing below them. Several commands where
  /// the names are many.
  public static func each(_ datasets: [DatasetName]) -> [Command] {
    CommandBytes.groups(datasets, size: { $0.text.utf8.count + 1 }).map { group in
      snapshots(Array(group), recursive: false)
    }
  }

  /// Lists snapshots by their whole names, and nothing beside them. Several commands where they are many.
  public static func named(_ snapshots: [String]) -> [Command] {
    CommandBytes.groups(snapshots, size: { $0.utf8.count + 1 }).map { group in
      Command(
        "zfs",
        ["list", "-Hp", "-t", "snapshot", "-o", snapshotColumns.joined(separator: ",")] + group)
    }
  }

  /// Lists the snapshots of one dataset with what keeps them from being destroyed.
  public static func ties(_ dataset: DatasetName) -> Command {
    command([dataset], depth: ["-d", "1"], types: "snapshot", columns: tieColumns)
  }

  /// Lists the names of datasets: of a whole tree, or of a dataset and its children.
  public static func names(_ root: DatasetName, recursive: Bool) -> Command {
    command(
      [root], depth: recursive ? ["-r"] : ["-d", "1"], types: "filesystem,volume",
      columns: ["name"])
  }

  /// Lists what keeps the snapshots of the named datasets from being destroyed: asked of those alone
  /// of which some are to go. Several commands where the names are many.
  public static func marks(_ datasets: [DatasetName]) -> [Command] {
    CommandBytes.groups(datasets, size: { $0.text.utf8.count + 1 }).map { group in
      command(Array(group), depth: ["-d", "1"], types: "snapshot", columns: markColumns)
    }
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
