internal import ReplicationModel

// The matrix of engine.md 3.7, decided of each dataset before anything is sent. A stream of an encrypted
// dataset is raw, and one of any other is plain: the two never alternate on one target.
extension Planning {
  /// Whether a new copy can be made below a dataset that is there.
  mutating func mayStand(_ member: DatasetState, below parent: DatasetState) -> Bool {
    if member.isEncrypted { return mayBeRaw(member) }
    switch request.encryption {
    case .asSource:
      guard parent.isEncrypted else { return true }
      conflict(.parentEncrypted, member.name, detail: parent.name.text)
      return false
    case .inherited:
      guard parent.isEncrypted else {
        conflict(.parentNotEncrypted, member.name, detail: parent.name.text)
        return false
      }
      return isOpen(parent, for: member)
    case .own:
      if request.sources.contains(member.name) { return true }
      guard parent.isEncrypted else {
        conflict(.targetNotEncrypted, member.name, detail: parent.name.text)
        return false
      }
      return isOpen(parent, for: member)
    }
  }

  /// Whether a new copy can be made below one that comes with this run.
  mutating func mayStand(_ member: DatasetState, belowComing parent: DatasetName) -> Bool {
    if member.isEncrypted { return mayBeRaw(member) }
    let above = member.name.parent.flatMap { members[$0] }
    guard above?.isEncrypted == true, above.map({ place(of: $0.name) }) == parent else {
      return true
    }
    // A raw copy has no key to encrypt what comes below it.
    conflict(.parentEncrypted, member.name, detail: parent.text)
    return false
  }

  /// An encrypted dataset keeps its own key; it gets no other.
  private mutating func mayBeRaw(_ member: DatasetState) -> Bool {
    guard request.encryption != .asSource else { return true }
    conflict(.sourceEncrypted, member.name)
    return false
  }

  /// Whether a copy that is there, and has the base, can be added to.
  mutating func matches(_ member: DatasetState, _ state: DatasetState) -> Bool {
    if member.isEncrypted {
      guard state.isEncrypted, hasOwnKeys(state) else {
        conflict(.encryption, member.name)
        return false
      }
      return mayBeRaw(member)
    }
    if request.encryption != .asSource, !state.isEncrypted {
      conflict(.targetNotEncrypted, member.name)
      return false
    }
    return isOpen(state, for: member)
  }

  /// What takes its key from outside the copy came plain, and was encrypted there.
  private func hasOwnKeys(_ state: DatasetState) -> Bool {
    guard let root = state.encryptionRoot.map(DatasetName.init(trusted:)) else { return true }
    return mapping.source(of: root) != nil || BesideName.isBeside(root)
  }

  /// Whether an empty target can be filled where it is: `receive -F` neither takes an encrypted dataset's
  /// place nor puts a raw copy in one's that is not.
  mutating func mayBeFilled(_ member: DatasetState, _ state: DatasetState) -> Bool {
    if member.isEncrypted || state.isEncrypted {
      conflict(.encryption, member.name)
      return false
    }
    guard request.encryption == .asSource else {
      conflict(.targetNotEncrypted, member.name)
      return false
    }
    return true
  }

  /// Whether a dataset's key is loaded, or will be: ours can be loaded, no other can.
  mutating func isOpen(_ state: DatasetState, for member: DatasetState) -> Bool {
    guard state.isEncrypted, !state.isKeyLoaded, let root = state.encryptionRoot else {
      return true
    }
    let name = DatasetName(trusted: root)
    let isOurs = request.sources.contains { place(of: $0) == name }
    guard isOurs, case .own(let key) = request.encryption else {
      conflict(.keyNotLoaded, member.name, detail: root)
      return false
    }
    if !plan.unlocks.contains(where: { $0.root == name }) {
      plan.unlocks.append(Unlocking(root: name, key: key))
    }
    return true
  }

  /// How `receive` is told to encrypt a dataset that it makes.
  mutating func encryptionOptions(_ member: DatasetState, _ name: DatasetName) -> [String] {
    guard !member.isEncrypted else { return [] }
    switch request.encryption {
    case .asSource: return []
    case .inherited: return ["-x", "encryption"]
    case .own(let key):
      guard request.sources.contains(member.name) else { return ["-x", "encryption"] }
      deliver(key, to: name, isNeeded: true)
      return [
        "-o", "encryption=on", "-o", "keyformat=\(key.format.property)", "-o",
        "keylocation=file://\(keyPath(key))",
      ]
    }
  }

  /// Where a run was cut, a dataset may still look for its key in a file that is gone.
  mutating func settleKey(_ member: DatasetState, _ state: DatasetState) {
    guard case .own(let key) = request.encryption, key.location == nil,
      state.keyLocation == "file://\(keyPath(key))"
    else { return }
    deliver(key, to: state.name, isNeeded: false)
  }

  /// The path that a key's file has on the target.
  private func keyPath(_ key: DatasetKey) -> String {
    let root = request.sources.first.flatMap { source[$0]?.guid } ?? GUID(0)
    return key.location
      ?? KeyDelivery.drop(task: request.task, target: request.target, source: root)
  }

  private mutating func deliver(_ key: DatasetKey, to root: DatasetName, isNeeded: Bool) {
    var delivery =
      plan.keys
      ?? KeyDelivery(key: key, path: keyPath(key), roots: [], isNeeded: false)
    if !delivery.roots.contains(root) { delivery.roots.append(root) }
    delivery.isNeeded = delivery.isNeeded || isNeeded
    plan.keys = delivery
  }
}

extension TaskDraft.KeyFormat {
  /// What ZFS calls it.
  var property: String {
    switch self {
    case .hex: "hex"
    case .passphrase: "passphrase"
    }
  }
}
