internal import Glibc
public import ReplicationEngine
public import ReplicationModel

/// Drafts in the state folder, one file each, readable by their owner only.
public struct DraftStore: DraftsPort {
  private let folder: String

  public init(_ folders: StoreFolders) { folder = folders.drafts }

  public func drafts() throws(StoreError) -> [StoredDraft] {
    try AtomicFile.names(in: folder).compactMap { name in
      var facts = stat()
      guard name.hasSuffix(".yaml"), lstat("\(folder)/\(name)", &facts) == 0,
        facts.st_mode & S_IFMT == S_IFREG
      else { return nil }
      return StoredDraft(
        name: String(name.dropLast(5)), saved: Instant(Int64(facts.st_mtim.tv_sec)))
    }.sorted { ($1.saved, $0.name) < ($0.saved, $1.name) }
  }

  public func draft(_ name: String) throws(StoreError) -> String {
    try AtomicFile.read(try path(name))
  }

  public func saveDraft(_ name: String, text: String) throws(StoreError) {
    let path = try path(name)
    guard text.utf8.count <= AtomicFile.largestFile else {
      throw StoreError(.invalid, subject: path, detail: "a draft is at most 1 MiB of text")
    }
    try AtomicFile.makeFolder(folder, mode: 0o700)
    try AtomicFile.write(text, to: path, mode: 0o600)
  }

  public func deleteDraft(_ name: String) throws(StoreError) {
    try AtomicFile.delete(try path(name))
  }

  private func path(_ name: String) throws(StoreError) -> String {
    "\(folder)/\(try FileStore.fileName(name)).yaml"
  }
}
