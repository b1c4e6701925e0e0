/// The value of a property, and where it comes from.
struct PropertyValue {
  var value: String
  var source: String
}

extension SandboxMachine {
  /// Values that a dataset has unless something is set; `-` in `zfs get` for the rest.
  static let inheritable: [String: String] = [
    "readonly": "off", "compression": "on", "atime": "on", "recordsize": "131072",
    "mountpoint": "", "sharenfs": "off", "sharesmb": "off", "exec": "on", "devices": "on",
    "setuid": "on", "snapdir": "hidden", "checksum": "on", "copies": "1", "sync": "standard",
    "logbias": "latency", "primarycache": "all", "secondarycache": "all", "dedup": "off",
  ]
  static let ownOnly: [String: String] = [
    "canmount": "on", "quota": "0", "refquota": "0", "reservation": "0", "refreservation": "0",
  ]
  /// What ZFS tells and nobody sets.
  static let told: Set<String> = [
    "name", "type", "guid", "createtxg", "creation", "origin", "mounted", "used", "available",
    "referenced", "logicalreferenced", "usedbydataset", "written", "receive_resume_token",
    "encryptionroot", "keystatus", "snapshots_changed", "compressratio", "refcompressratio",
    "userrefs", "clones", "defer_destroy", "objsetid",
  ]
  static let ofFilesystems: Set<String> = [
    "mountpoint", "sharenfs", "sharesmb", "canmount", "quota", "refquota", "recordsize", "atime",
    "exec", "devices", "setuid", "snapdir", "mounted",
  ]

  /// A property of a dataset, snapshot or bookmark; nil where it does not apply.
  func property(_ name: String, of whole: WholeName) -> PropertyValue? {
    guard let dataset = state.datasets[whole.dataset] else { return nil }
    switch whole.kind {
    case .snapshot:
      guard let index = dataset.snapshots.firstIndex(where: { $0.name == whole.part }) else {
        return nil
      }
      return snapshotProperty(name, dataset, index, whole)
    case .bookmark:
      guard let mark = dataset.bookmarks.first(where: { $0.name == whole.part }) else { return nil }
      let value: String? =
        switch name {
        case "name": "\(whole.dataset)#\(whole.part)"
        case "type": "bookmark"
        case "guid": "\(mark.guid)"
        case "createtxg": "\(mark.createtxg)"
        case "creation": "\(mark.creation)"
        default: nil
        }
      return value.map { PropertyValue(value: $0, source: "-") }
    case .dataset:
      return datasetProperty(name, dataset, whole.dataset)
    }
  }

  private func snapshotProperty(
    _ name: String, _ dataset: SandboxDataset, _ index: Int, _ whole: WholeName
  ) -> PropertyValue? {
    let snapshot = dataset.snapshots[index]
    let before = index > 0 ? dataset.snapshots[index - 1].files : [:]
    let value: String? =
      switch name {
      case "name": "\(whole.dataset)@\(whole.part)"
      case "type": "snapshot"
      case "guid": "\(snapshot.guid)"
      case "createtxg": "\(snapshot.createtxg)"
      case "creation": "\(snapshot.creation)"
      case "used": "0"
      case "referenced": "\(Self.overhead + snapshot.size)"
      case "written": "\(Self.difference(snapshot.files, before))"
      case "userrefs": "\(snapshot.holds.count)"
      case "clones": clones(of: "\(whole.dataset)@\(whole.part)")
      case "encryption": snapshot.isEncrypted ? "aes-256-gcm" : "off"
      case "encryptionroot": encryptionRoot(whole.dataset) ?? "-"
      case "defer_destroy": "off"
      default: snapshot.properties[name]
      }
    return value.map {
      PropertyValue(value: $0, source: snapshot.properties[name] == nil ? "-" : "local")
    }
  }

  private func clones(of snapshot: String) -> String {
    let clones = state.datasets.filter { $0.value.origin == snapshot }.keys.sorted()
    return clones.isEmpty ? "-" : clones.joined(separator: ",")
  }

  private func datasetProperty(_ name: String, _ dataset: SandboxDataset, _ whole: String)
    -> PropertyValue?
  {
    if let value = computed(name, dataset, whole) {
      return PropertyValue(value: value, source: "-")
    }
    if dataset.isVolume, Self.ofFilesystems.contains(name) { return nil }
    if !dataset.isVolume, ["volsize", "volblocksize"].contains(name) { return nil }
    if let value = dataset.properties[name] { return PropertyValue(value: value, source: "local") }
    if let value = dataset.received[name], !dataset.inherited.contains(name) {
      return PropertyValue(value: value, source: "received")
    }
    if let value = Self.ownOnly[name] { return PropertyValue(value: value, source: "default") }
    guard Self.inheritable[name] != nil || name.contains(":") else { return nil }
    var ancestor = Self.parent(of: whole)
    while let current = ancestor, let state = state.datasets[current] {
      let received = state.inherited.contains(name) ? nil : state.received[name]
      if let value = state.properties[name] ?? received {
        let inherited = name == "mountpoint" ? value + whole.dropFirst(current.count) : value
        return PropertyValue(value: inherited, source: "inherited from \(current)")
      }
      ancestor = Self.parent(of: current)
    }
    if name == "mountpoint" { return PropertyValue(value: "/" + whole, source: "default") }
    return Self.inheritable[name].map { PropertyValue(value: $0, source: "default") }
  }

  private func computed(_ name: String, _ dataset: SandboxDataset, _ whole: String) -> String? {
    switch name {
    case "name": return whole
    case "type": return dataset.isVolume ? "volume" : "filesystem"
    case "guid": return "\(dataset.guid)"
    case "createtxg": return "\(dataset.createtxg)"
    case "creation": return "\(dataset.creation)"
    case "origin": return dataset.origin ?? "-"
    case "mounted": return dataset.isVolume ? "-" : dataset.isMounted ? "yes" : "no"
    case "used": return "\(used(whole))"
    case "available": return "\(available(whole))"
    case "referenced", "logicalreferenced", "usedbydataset": return "\(referenced(whole))"
    case "written": return "\(written(whole))"
    case "receive_resume_token": return token(whole) ?? "-"
    case "encryptionroot": return encryptionRoot(whole) ?? "-"
    case "encryption": return encryptionRoot(whole) == nil ? "off" : "aes-256-gcm"
    case "keystatus":
      return encryptionRoot(whole).map { isKeyLoaded($0) ? "available" : "unavailable" } ?? "-"
    case "snapshots_changed":
      return dataset.snapshotsChanged.map { "\($0)" } ?? "-"
    case "compressratio", "refcompressratio": return "1.00"
    default: return nil
    }
  }

  func isKeyLoaded(_ root: String) -> Bool { state.datasets[root]?.isKeyUnloaded != true }

  func encryptionRoot(_ name: String) -> String? {
    var current: String? = name
    while let dataset = current, let state = state.datasets[dataset] {
      let value = state.properties["encryption"]
      if value == "off" { return nil }
      if value != nil { return dataset }
      current = Self.parent(of: dataset)
    }
    return nil
  }

  /// What an empty filesystem takes on one small disk.
  static let overhead: UInt64 = 24_576

  static func difference(_ new: [String: SandboxFile], _ old: [String: SandboxFile]) -> UInt64 {
    var bytes: UInt64 = 0
    for (path, file) in new where old[path]?.blob != file.blob { bytes += max(file.size, 512) }
    for path in old.keys where new[path] == nil { bytes += 512 }
    return bytes
  }
}
