internal import ReplicationModel

extension Planning {
  /// Streams that bring exactly the wanted snapshots: one `-I` for each run of neighbours.
  ///
  /// `wanted` are indices of the member's snapshots, in order, all newer than `from`.
  mutating func appendSteps(
    _ member: DatasetState, _ name: DatasetName, _ wanted: [Int], from: Point?, replaces: Bool
  ) {
    var point = from
    var rest = wanted[...]
    if point == nil, let first = rest.popFirst() {
      let origin = replaces ? nil : originThere(of: member)
      appendStep(
        member, name, from: origin.map { Point($0.snapshot) }, of: origin?.dataset.name,
        to: member.snapshots[first], count: 1, replaces: replaces)
      point = Point(member.snapshots[first])
    }
    while let first = rest.first, let base = point {
      // `-I` begins at a snapshot, and brings all that lie between: only neighbours may.
      let isNeighbour =
        base.origin == .snapshot && first > 0 && member.snapshots[first - 1].guid == base.guid
      var last = first
      rest.removeFirst()
      if isNeighbour {
        while rest.first == last + 1 {
          last += 1
          rest.removeFirst()
        }
      }
      appendStep(
        member, name, from: base, to: member.snapshots[last], count: last - first + 1,
        replaces: false)
      point = Point(member.snapshots[last])
    }
    keepBases(member)
  }

  private mutating func appendStep(
    _ member: DatasetState, _ name: DatasetName, from: Point?, of origin: DatasetName? = nil,
    to: Snapshot, count: Int, replaces: Bool
  ) {
    var arguments = ["send"] + sendFlags(member)
    if let from {
      let mark = from.origin == .bookmark ? "#" : "@"
      arguments += [count > 1 ? "-I" : "-i", (origin?.text ?? "") + mark + from.name]
    }
    arguments.append("\(member.name.text)@\(to.name)")
    plan.steps.append(
      Step(
        source: member.name, target: name, datasetKind: member.kind,
        kind: from == nil ? .full : .incremental, from: from?.base, to: to, snapshots: count,
        raw: member.isEncrypted, origin: origin, send: .zfs(arguments),
        receive: receive(
          member, name, isNew: from == nil || origin != nil, replaces: replaces)))
  }

  mutating func resume(
    _ member: DatasetState, _ state: DatasetState, _ token: String, to: Snapshot
  ) {
    plan.steps.append(
      Step(
        source: member.name, target: state.name, datasetKind: member.kind,
        kind: .resume(token: token), from: nil, to: to, snapshots: 1, raw: member.isEncrypted,
        send: .zfs("send", "-t", token),
        receive: receive(member, state.name, isNew: false, replaces: false)))
    keepBases(member)
  }

  private func sendFlags(_ member: DatasetState) -> [String] {
    var flags: [String] = []
    if member.isEncrypted { flags.append("-w") }
    if request.largeBlock { flags.append("-L") }
    if request.compressed { flags.append("-c") }
    if request.embed { flags.append("-e") }
    // What was set on a copy is how it is kept there; only what it received goes back.
    if request.properties { flags.append(request.restoration == nil ? "-p" : "-b") }
    return flags
  }

  private mutating func receive(
    _ member: DatasetState, _ name: DatasetName, isNew: Bool, replaces: Bool
  ) -> Command {
    var arguments = ["receive", "-s", "-u"]
    if replaces { arguments.append("-F") }
    var excluded = request.properties ? request.propertiesExclude : []
    if request.properties, member.kind == .filesystem {
      excluded += ["mountpoint", "sharenfs", "sharesmb"]
    }
    var overrides = request.propertiesOverride.filter { Self.applies($0.key, to: member.kind) }
    if request.readonly != .ignore, overrides["readonly"] == nil {
      // The top is made read-only, and what is below it inherits that: the source's own setting
      // must not come in between, neither now nor with an increment.
      if isNew, request.sources.contains(member.name) {
        overrides["readonly"] = "on"
      } else if request.properties {
        excluded.append("readonly")
      }
    }
    if request.restoration != nil {
      // Copies are read-only, and what comes back is to be worked with.
      if isNew, request.sources.contains(member.name) {
        overrides["readonly"] = "off"
      } else if request.properties {
        excluded.append("readonly")
      }
    }
    var seen: Set<String> = []
    for property in excluded
    where Self.applies(property, to: member.kind) && overrides[property] == nil
      && seen.insert(property).inserted
    {
      arguments += ["-x", property]
    }
    for (property, value) in overrides.sorted(by: { $0.key < $1.key }) {
      arguments += ["-o", "\(property)=\(value)"]
    }
    if isNew { arguments += encryptionOptions(member, name) }
    return .zfs(arguments + [name.text])
  }

  /// `receive` refuses a property that the kind of dataset does not have.
  private static func applies(_ property: String, to kind: DatasetState.Kind) -> Bool {
    let ofFilesystems: Set<String> = [
      "mountpoint", "sharenfs", "sharesmb", "canmount", "quota", "refquota", "recordsize", "atime",
      "relatime", "devices", "exec", "setuid", "snapdir", "aclmode", "acltype", "aclinherit",
      "xattr", "zoned", "overlay", "special_small_blocks", "dnodesize", "casesensitivity",
    ]
    let ofVolumes: Set<String> = ["volsize", "volblocksize", "volmode", "snapdev"]
    return kind == .volume ? !ofFilesystems.contains(property) : !ofVolumes.contains(property)
  }

  /// Plans the bookmarks of what a dataset's steps bring. One a step: what arrived stays a base even
  /// where the next step is cut and the source loses its snapshots meanwhile.
  private mutating func keepBases(_ member: DatasetState) {
    // Members are planned one after the other, so what is this one's stands at the end: with ten
    // thousand of them nothing looks through all the others each time.
    while plan.keepsakes.last?.source == member.name { plan.keepsakes.removeLast() }
    let others = plan.steps.lastIndex { $0.source != member.name }.map { $0 + 1 } ?? 0
    keep(plan.steps[others...].map(\.to), member)
  }

  /// Plans the bookmarks of some snapshots; those that were kept before them go with the last one.
  mutating func keep(_ snapshots: [Snapshot], _ member: DatasetState) {
    // The next run goes the other way, and has its own.
    if request.restoration != nil { return }
    // A copy that comes together beside its place is known by the place that it takes.
    let name = mapping.target(of: member.name)
    let prefix = BaseBookmark.prefix(task: request.task, target: name)
    let held = Set(member.bookmarks.map(\.name))
    var old = member.bookmarks.map(\.name).filter { $0.hasPrefix(prefix) }
    for (index, snapshot) in snapshots.enumerated() {
      let bookmark = BaseBookmark.name(of: snapshot, task: request.task, target: name)
      let whole = "\(member.name.text)#\(bookmark)"
      guard whole.utf8.count <= 255 else {
        warn("name_too_long_for_bookmark", member.name.text)
        return
      }
      let isLast = index == snapshots.count - 1
      let removes = isLast ? old.filter { $0 != bookmark } : []
      if !old.contains(bookmark) { old.append(bookmark) }
      if held.contains(bookmark), removes.isEmpty { continue }
      plan.keepsakes.append(
        Keepsake(
          source: member.name, guid: snapshot.guid,
          create: held.contains(bookmark)
            ? nil : .zfs("bookmark", "\(member.name.text)@\(snapshot.name)", whole),
          removes: removes.map { .zfs("destroy", "\(member.name.text)#\($0)") }))
    }
  }
}

/// The bookmarks that zferry keeps on sources: one for each task and target.
public enum BaseBookmark {
  /// `zferry_` and eight digits that stand for task and target: another task's bookmark is never touched.
  static func prefix(task: String, target: DatasetName) -> String {
    "zferry_" + hash(task: task, target: target) + "_"
  }

  /// Eight digits that stand for a task and a target.
  static func hash(task: String, target: DatasetName) -> String {
    // FNV-1a: the same on every machine and in every version, which Hasher is not.
    var hash: UInt32 = 2_166_136_261
    for byte in "\(task)\u{0}\(target.text)".utf8 {
      hash = (hash ^ UInt32(byte)) &* 16_777_619
    }
    return Hexadecimal.text(UInt64(hash), 8)
  }

  static func name(of snapshot: Snapshot, task: String, target: DatasetName) -> String {
    prefix(task: task, target: target) + Hexadecimal.text(snapshot.guid.value, 16)
  }
}

/// Numbers in names.
enum Hexadecimal {
  static func text(_ value: UInt64, _ width: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}
