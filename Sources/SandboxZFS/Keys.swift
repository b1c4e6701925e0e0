/// Keys of encrypted datasets: they are only compared, and encrypt nothing.
extension SandboxMachine {
  /// Takes the key of a new encryption root from where its `keylocation` says.
  func takeKey(of name: String, isReceiving: Bool) throws {
    guard let dataset = state.datasets[name], let value = dataset.properties["encryption"],
      value != "off"
    else { return }
    state.datasets[name]?.properties["encryption"] = value == "on" ? "aes-256-gcm" : value
    let location = dataset.properties["keylocation"] ?? "prompt"
    state.datasets[name]?.properties["keylocation"] = location
    // A stream is on standard input, where a key would be asked for.
    if isReceiving, !location.hasPrefix("file://") {
      throw SandboxProblem.failure(
        "cannot receive: keylocation cannot be 'prompt': standard input has the stream")
    }
    guard let key = try keyText(at: location) else { return }
    state.datasets[name]?.keyMark = Self.mark(key)
  }

  func loadKey(_ words: [String]) throws {
    let line = try CommandLine(words, "rna", valued: "L")
    let name = try line.only("dataset")
    let root = try keyRoot(name, verb: "load")
    guard !isKeyLoaded(root) else {
      throw SandboxProblem.refused("Key load error: Key already loaded for '\(name)'.")
    }
    let location = line.value("L") ?? state.datasets[root]?.properties["keylocation"] ?? "prompt"
    let key = try keyText(at: location)
    // Where a key was never told, as with a raw copy, any will do.
    if let mark = state.datasets[root]?.keyMark, key.map(Self.mark) != mark {
      throw SandboxProblem.refused("Key load error: Incorrect key provided for '\(name)'.")
    }
    state.datasets[root]?.isKeyUnloaded = false
  }

  func unloadKey(_ words: [String]) throws {
    let line = try CommandLine(words, "ra")
    let name = try line.only("dataset")
    let root = try keyRoot(name, verb: "unload")
    guard !tree(root).contains(where: { state.datasets[$0]?.isMounted == true }) else {
      throw SandboxProblem.refused("Key unload error: '\(name)' is busy.")
    }
    state.datasets[root]?.isKeyUnloaded = true
  }

  private func keyRoot(_ name: String, verb: String) throws -> String {
    _ = try dataset(name)
    guard encryptionRoot(name) == name else {
      throw SandboxProblem.refused("Key \(verb) error: '\(name)' is not an encryption root.")
    }
    return name
  }

  /// The first line of a key's file, or of standard input; nil where nothing is said there.
  private func keyText(at location: String) throws -> String? {
    var text = ""
    if location.hasPrefix("file://") {
      guard let file = storage.keyFile(String(location.dropFirst(7))) else {
        throw SandboxProblem.failure(
          "Key load error: Failed to open key material file: No such file or directory")
      }
      text = file
    } else {
      text = String(decoding: console.input(4_096), as: UTF8.self)
    }
    return text.split(separator: "\n").first.map(String.init)
  }

  /// Tells two keys apart; the key itself is not kept.
  private static func mark(_ key: String) -> String {
    var hash: UInt64 = 14_695_981_039_346_656_037
    for byte in key.utf8 { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
    return String(hash, radix: 16)
  }
}

extension SandboxMachine {
  /// What `receive` refuses of encryption before anything is written.
  func checkEncryption(
    _ part: StreamPart, _ name: String, _ existing: SandboxDataset?, _ line: CommandLine,
    _ failure: String
  ) throws {
    let set = try line.pairs("o").map(\.0) + line.all("x")
    if part.isEncrypted, let property = set.first(where: Self.encrypting.contains) {
      throw SandboxProblem.failure(
        "cannot receive: encryption property '\(property)' cannot be set or excluded for raw streams."
      )
    }
    guard part.resumed == nil else { return }
    if part.fromGUID == nil, existing != nil, line.has("F") {
      guard !part.isEncrypted, encryptionRoot(name) == nil else {
        throw SandboxProblem.failure(
          failure + "zfs receive -F cannot be used to destroy an encrypted filesystem or overwrite "
            + "an unencrypted one with an encrypted one")
      }
    }
    if part.fromGUID != nil, part.isEncrypted, encryptionRoot(name) == nil {
      throw SandboxProblem.failure(
        failure + "cannot perform raw receive on top of existing unencrypted dataset")
    }
    let pairs = try line.pairs("o")
    if pairs.contains(where: { $0.0 == "encryption" && $0.1 != "off" }) {
      guard pairs.contains(where: { $0.0 == "keyformat" }) else {
        throw SandboxProblem.failure("Keyformat required for new encryption root.")
      }
    } else if existing == nil, !part.isEncrypted, let parent = Self.parent(of: name),
      let root = encryptionRoot(parent), !isKeyLoaded(root)
    {
      throw SandboxProblem.failure(failure + "inherited key must be loaded")
    }
  }

  private static let encrypting: Set<String> = ["encryption", "keyformat", "keylocation"]
}
