import ReplicationModel
import ReplicationPlanner

/// Datasets in shorthand: `tree("tank/a: s1 s2 #s1")`, each name standing for one GUID everywhere.
///
/// The letters of a snapshot's name before a `!` are its name, what follows makes its GUID differ.
func dataset(
  _ text: String, kind: DatasetState.Kind = .filesystem,
  change: (inout DatasetState) -> Void = { _ in }
) -> DatasetState {
  let parts = text.split(separator: ":", maxSplits: 1)
  let name = DatasetName(trusted: String(parts[0]))
  var state = DatasetState(name: name, kind: kind, guid: guid("dataset \(name.text)"))
  var txg: UInt64 = 100
  for word in parts.count > 1 ? parts[1].split(separator: " ") : [] {
    txg += 10
    let isBookmark = word.hasPrefix("#")
    let body = isBookmark ? word.dropFirst() : word
    let shown = String(body.prefix { $0 != "!" })
    if isBookmark {
      // A bookmark has the place in history of its snapshot.
      let place = state.snapshots.first { $0.name == shown }?.createtxg ?? txg
      state.bookmarks.append(
        Bookmark(
          name: shown, guid: guid(String(body)), createtxg: place, creation: Instant(Int64(place))))
    } else {
      state.snapshots.append(
        Snapshot(
          name: shown, guid: guid(String(body)), createtxg: txg, creation: Instant(Int64(txg))))
    }
  }
  change(&state)
  return state
}

func guid(_ text: String) -> GUID {
  var hash: UInt64 = 14_695_981_039_346_656_037
  for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
  return GUID(hash)
}

/// On the target every dataset has a GUID of its own.
func copy(
  _ text: String, kind: DatasetState.Kind = .filesystem,
  change: (inout DatasetState) -> Void = { _ in }
) -> DatasetState {
  dataset(text, kind: kind) { state in
    state.guid = guid("copy \(state.name.text)")
    state.isReadonly = true
    change(&state)
  }
}

func request(
  _ sources: [String] = ["tank/a"], to target: String = "bk/a",
  change: (inout ReplicationRequest) -> Void = { _ in }
) -> ReplicationRequest {
  var request = ReplicationRequest(
    task: "t", sources: sources.map(DatasetName.init(trusted:)),
    target: DatasetName(trusted: target))
  change(&request)
  return request
}

func plan(
  _ request: ReplicationRequest, _ source: [DatasetState], _ target: [DatasetState],
  tokens: [String: TokenFacts] = [:]
) -> Plan {
  Planner.plan(
    request, source: Inventory(source), target: Inventory(target),
    tokens: Dictionary(uniqueKeysWithValues: tokens.map { (DatasetName(trusted: $0), $1) }),
    zone: .utc)
}

extension Plan {
  /// Each step in a few words: `full tank/a@s1`, `-I @s1 tank/a@s3`, `-i #s1 tank/a@s2`.
  var shorthand: [String] {
    steps.map { step in
      switch step.kind {
      case .full: "full \(step.source)@\(step.to.name)"
      case .resume: "resume \(step.source)@\(step.to.name)"
      case .incremental:
        (step.snapshots > 1 ? "-I " : "-i ")
          + (step.from.map { ($0.origin == .bookmark ? "#" : "@") + $0.name } ?? "?")
          + " \(step.source)@\(step.to.name)"
      }
    }
  }
  var codes: [Conflict.Code] { conflicts.map(\.code) }
}

/// The pool of the target, as it is listed where the target is missing.
let pool = copy("bk") { $0.isReadonly = false }
