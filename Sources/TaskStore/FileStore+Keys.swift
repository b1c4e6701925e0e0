internal import Glibc
public import ReplicationEngine
public import ReplicationModel

extension FileStore {
  public func keyNames() throws(StoreError) -> [String] {
    try AtomicFile.names(in: folders.keys).filter { $0.hasSuffix(".pub") }
      .map { String($0.dropLast(4)) }
  }

  public func publicKey(_ name: String) throws(StoreError) -> String {
    let text = try AtomicFile.read("\(folders.keys)/\(try Self.fileName(name)).pub")
    return String(text.split(separator: "\n").first ?? "")
  }

  public func privateKeyPath(_ name: String) -> String { "\(folders.keys)/\(name)" }

  public func saveKey(_ name: String, privateKey: Secret?, publicKey: String) throws(StoreError) {
    let path = "\(folders.keys)/\(try Self.fileName(name))"
    try AtomicFile.makeFolder(folders.keys, mode: 0o700)
    if let privateKey { try AtomicFile.create(privateKey.revealed, at: path, mode: 0o600) }
    do {
      try AtomicFile.create(publicKey + "\n", at: "\(path).pub", mode: 0o644)
    } catch {
      // Half a pair would be taken for a whole one later.
      if privateKey != nil { try? AtomicFile.delete(path) }
      throw error
    }
  }

  public func deleteKey(_ name: String) throws(StoreError) {
    let path = "\(folders.keys)/\(try Self.fileName(name))"
    try AtomicFile.delete("\(path).pub")
    do { try AtomicFile.delete(path) } catch  where error.code == .notFound {
      // An ssh-agent has it.
    }
  }

  public func readText(at path: String) throws(StoreError) -> String {
    let home = getenv("HOME").map { String(cString: $0) }
    let whole = path.hasPrefix("~/") ? (home ?? "~") + path.dropFirst(1) : path
    return try AtomicFile.read(whole)
  }
}
