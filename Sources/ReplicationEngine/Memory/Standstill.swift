internal import ReplicationModel
internal import ReplicationPlanner

/// A look at both sides that found nothing to do, and what both told of themselves then. Where they tell
/// the same again, and the same is asked, the plan is the same: no snapshot has to be looked at.
///
/// It says that nothing is to be done, and nothing else: nothing is sent and nothing destroyed by it.
struct Standstill: Equatable {
  /// What one side told, without what changes by itself.
  struct Face: Equatable {
    /// Of its datasets, with when the snapshots of each last changed.
    var datasets: UInt64
    /// Of the bookmarks, which that does not cover. Of no matter on the target.
    var bookmarks: UInt64 = 0
  }

  /// Which sides of which hosts these are.
  var sides: String
  /// What was asked.
  var asked: UInt64
  var source: Face
  var target: Face
  /// When the look was taken.
  var made: Instant
  /// All of the plan that there was.
  var mapping: [Mapping]

  /// After a day all is looked at again, for the program itself may be another one by then.
  private static let longest: Int64 = 86_400

  /// Whether it may still be believed.
  func counts(at now: Instant) -> Bool {
    (0..<Self.longest).contains(now.seconds - made.seconds)
  }
}

extension Plan {
  /// Whether it does nothing and says nothing, and will do so until a side changes: nothing in it
  /// depends on the time, or on a hold.
  var isStandstill: Bool {
    var rest = self
    rest.mapping = []
    rest.retention = RetentionPlan()
    return rest == Plan(task: task, direction: direction)
      && retention.shares.allSatisfy { $0.fates.allSatisfy(\.lasts) }
  }
}

extension RetentionPlan.Fate {
  fileprivate var lasts: Bool {
    switch self {
    case .base, .inFlight, .last, .notOurs, .ambiguous, .onSource, .newerThanBase, .noEvidence: true
    case .goes, .notExpired, .pending, .held, .cloned, .changed, .tooMany: false
    }
  }
}

/// As bytes: the facts, the mapping, and a checksum.
extension Standstill {
  private static let head = Array("zferry standstill 1\n".utf8)

  var bytes: [UInt8] {
    var writer = ByteWriter(Self.head, room: 96 * mapping.count + 256)
    writer.text(sides)
    writer.whole(asked)
    writer.whole(source.datasets)
    writer.whole(source.bookmarks)
    writer.whole(target.datasets)
    writer.signed(made.seconds)
    writer.number(UInt64(mapping.count))
    for entry in mapping {
      writer.text(entry.source.text)
      writer.text(entry.target.text)
      writer.text(entry.kind.rawValue)
      writer.number(entry.targetExists ? 1 : 0)
      writer.number(UInt64(entry.matching))
      writer.number(UInt64(entry.total))
      writer.number(entry.newestCommon == nil ? 0 : 1)
      writer.signed(entry.newestCommon?.seconds ?? 0)
    }
    writer.whole(Checksum.of(writer.bytes[...]))
    return writer.bytes
  }

  /// Nil where a byte is missing or wrong.
  init?(_ bytes: [UInt8]) {
    let end = bytes.count - 8
    guard end > Self.head.count, bytes.starts(with: Self.head) else { return nil }
    var tail = ByteReader(bytes, from: end, to: bytes.count)
    guard tail.whole() == Checksum.of(bytes[..<end]) else { return nil }
    var reader = ByteReader(bytes, from: Self.head.count, to: end)
    sides = reader.text()
    asked = reader.whole()
    source = Face(datasets: reader.whole(), bookmarks: reader.whole())
    target = Face(datasets: reader.whole())
    made = Instant(reader.signed())
    mapping = []
    let count = reader.count()
    mapping.reserveCapacity(count)
    for _ in 0..<count {
      guard let entry = Self.entry(&reader) else { return nil }
      mapping.append(entry)
    }
    guard !reader.isBroken, reader.isAtEnd else { return nil }
  }

  private static func entry(_ reader: inout ByteReader) -> Mapping? {
    let source = DatasetName(trusted: reader.text())
    let target = DatasetName(trusted: reader.text())
    guard let kind = DatasetState.Kind(rawValue: reader.text()) else { return nil }
    let exists = reader.number() == 1
    let (matching, total) = (reader.number(), reader.number())
    let isCommon = reader.number() == 1
    let newest = Instant(reader.signed())
    return Mapping(
      source: source, target: target, kind: kind, targetExists: exists,
      matching: Int(clamping: matching), total: Int(clamping: total),
      newestCommon: isCommon ? newest : nil)
  }
}
