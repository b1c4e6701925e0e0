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
    glance { $0.datasets(below: root) }
  }

  /// A dataset's snapshots, oldest first.
  public func snapshots(of dataset: String) -> [FakeSnapshot] {
    glance { $0.snapshots(of: dataset) }.map { FakeSnapshot(name: $0.name, guid: "\($0.guid)") }
  }

  /// The names of a dataset's bookmarks.
  public func bookmarks(of dataset: String) -> [String] {
    glance { $0.bookmarks(of: dataset) }
  }

  /// Snapshots that a hold or a clone keeps, as `dataset@snapshot`.
  public var guarded: Set<String> { glance { $0.guarded } }

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
