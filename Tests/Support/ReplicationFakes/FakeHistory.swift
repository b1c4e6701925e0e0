internal import SandboxZFS

/// A snapshot as a machine tells of it.
public struct FakeSnapshot: Hashable, Sendable, CustomStringConvertible {
  public var name: String
  public var guid: String
  public var description: String { name }
}

extension FakeMachine {
  /// The datasets below a root and itself, parents first; none where it is missing.
  public func datasets(below root: String) -> [String] {
    lines(["zfs", "list", "-H", "-r", "-t", "filesystem,volume", "-o", "name", root])
  }

  /// A dataset's snapshots, oldest first.
  public func snapshots(of dataset: String) -> [FakeSnapshot] {
    lines(["zfs", "list", "-Hp", "-d", "1", "-t", "snapshot", "-o", "name,guid", dataset])
      .map { line in
        let columns = line.split(separator: "\t")
        return FakeSnapshot(
          name: String(columns[0].split(separator: "@")[1]), guid: String(columns[1]))
      }
  }

  /// The names of a dataset's bookmarks.
  public func bookmarks(of dataset: String) -> [String] {
    lines(["zfs", "list", "-Hp", "-d", "1", "-t", "bookmark", "-o", "name", dataset])
      .map { String($0.split(separator: "#")[1]) }
  }

  /// A property's value, or `-`.
  public func value(_ property: String, of dataset: String) -> String {
    lines(["zfs", "get", "-Hp", "-o", "value", property, dataset]).first ?? "-"
  }

  /// Where a property's value comes from.
  public func origin(of property: String, of dataset: String) -> String {
    lines(["zfs", "get", "-Hp", "-o", "source", property, dataset]).first ?? "-"
  }

  private func lines(_ words: [String]) -> [String] {
    let result = run(words)
    guard result.status == 0 else { return [] }
    return String(decoding: result.output, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
