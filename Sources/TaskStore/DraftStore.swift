public import ReplicationEngine

/// What was entered and not saved: one text a draft, in the state folder, readable by its owner only.
public struct DraftStore: Sendable {
  private let folder: String

  public init(_ folders: StoreFolders) { folder = folders.drafts }

  /// The names of all drafts.
  public func names() throws(StoreError) -> [String] {
    try AtomicFile.names(in: folder).filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }
  }

  /// Throws `.notFound` where there is none of this name.
  public func text(_ name: String) throws(StoreError) -> String {
    try AtomicFile.read(try path(name))
  }

  /// Writes a draft, in the place of one of the same name.
  public func save(_ text: String, as name: String) throws(StoreError) {
    let path = try path(name)
    try AtomicFile.makeFolder(folder, mode: 0o700)
    try AtomicFile.write(text, to: path, mode: 0o600)
  }

  /// Throws `.notFound` where there is none of this name.
  public func delete(_ name: String) throws(StoreError) {
    try AtomicFile.delete(try path(name))
  }

  private func path(_ name: String) throws(StoreError) -> String {
    "\(folder)/\(try FileStore.fileName(name)).yaml"
  }
}
