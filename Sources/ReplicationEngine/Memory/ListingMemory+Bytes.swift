internal import ReplicationModel

/// The memory as bytes: about 13 a snapshot. Numbers stand as the difference to the one before,
/// names once in a table behind all else, and at the end its place and a checksum.
extension ListingMemory {
  private static let head = Array("zferry listing 1\n".utf8)

  var bytes: [UInt8] {
    var names: [String] = []
    var places = NameMemo<UInt64>()
    let count = entries.reduce(0) { $0 + $1.snapshots.count }
    var writer = ByteWriter(Self.head, room: 64 * entries.count + 16 * count)
    writer.text(side)
    writer.number(refused == nil ? 0 : 1)
    writer.signed(refused?.seconds ?? 0)
    writer.number(UInt64(entries.count))
    for entry in entries {
      writer.text(entry.dataset.text)
      writer.whole(entry.guid.value)
      writer.number(entry.changed)
      writer.signed(entry.seen.seconds)
      writer.signed(entry.listed.seconds)
      writer.number(UInt64(entry.snapshots.count))
      var expected: UInt64 = 0
      var (createtxg, creation): (UInt64, Int64) = (0, 0)
      for snapshot in entry.snapshots {
        let place = places.value(of: snapshot.name) { name in
          names.append(name)
          return UInt64(names.count - 1)
        }
        writer.signed(Int64(bitPattern: place &- expected))
        writer.whole(snapshot.guid.value)
        writer.signed(Int64(bitPattern: snapshot.createtxg &- createtxg))
        writer.signed(snapshot.creation.seconds &- creation)
        expected = place &+ 1
        (createtxg, creation) = (snapshot.createtxg, snapshot.creation.seconds)
      }
    }
    let start = writer.bytes.count
    writer.number(UInt64(names.count))
    for name in names { writer.text(name) }
    writer.whole(UInt64(start))
    writer.whole(Checksum.of(writer.bytes[...]))
    return writer.bytes
  }

  /// Nil where a byte is missing or wrong, and where it is another side's.
  init?(_ bytes: [UInt8], side: String) {
    guard bytes.count > Self.head.count + 16, bytes.starts(with: Self.head) else { return nil }
    let end = bytes.count - 16
    var tail = ByteReader(bytes, from: end, to: bytes.count)
    let start = tail.whole()
    guard tail.whole() == Checksum.of(bytes[..<(end + 8)]), start <= UInt64(end) else { return nil }
    var table = ByteReader(bytes, from: Int(start), to: end)
    var names: [String] = []
    for _ in 0..<table.count() { names.append(table.text()) }
    var reader = ByteReader(bytes, from: Self.head.count, to: Int(start))
    guard reader.text() == side else { return nil }
    let isRefused = reader.number() == 1
    let moment = Instant(reader.signed())
    var entries: [Entry] = []
    let count = reader.count()
    entries.reserveCapacity(count)
    for _ in 0..<count {
      guard let entry = Self.entry(&reader, names) else { return nil }
      entries.append(entry)
    }
    guard !reader.isBroken, !table.isBroken, reader.isAtEnd, table.isAtEnd else { return nil }
    self.init(side: side, entries: entries, refused: isRefused ? moment : nil)
  }

  private static func entry(_ reader: inout ByteReader, _ names: [String]) -> Entry? {
    var entry = Entry(
      dataset: DatasetName(trusted: reader.text()), guid: GUID(reader.whole()),
      changed: reader.number(), seen: Instant(reader.signed()), listed: Instant(reader.signed()),
      snapshots: [])
    let count = reader.count()
    entry.snapshots.reserveCapacity(count)
    var expected: UInt64 = 0
    var (createtxg, creation): (UInt64, Int64) = (0, 0)
    for _ in 0..<count {
      let place = expected &+ UInt64(bitPattern: reader.signed())
      let guid = GUID(reader.whole())
      createtxg = createtxg &+ UInt64(bitPattern: reader.signed())
      creation = creation &+ reader.signed()
      guard place < UInt64(names.count) else { return nil }
      entry.snapshots.append(
        Snapshot(
          name: names[Int(place)], guid: guid, createtxg: createtxg, creation: Instant(creation)))
      expected = place &+ 1
    }
    return reader.isBroken ? nil : entry
  }
}
