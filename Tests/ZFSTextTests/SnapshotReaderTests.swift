import ReplicationModel
import Testing
import ZFSText

@Suite("A listing that is read as it comes")
struct SnapshotReaderTests {
  let text =
    "t/a@one\t1\t10\t100\nt/a@two\t2\t20\t200\nt/a#one\t1\t10\t100\n\nt/a/b c@one\t18446744073709551615\t11\t100\nt/a/b c@x y\t4\t5\t6"

  func read(_ text: String, piece: Int) throws -> [DatasetPoints] {
    var reader = SnapshotReader()
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: piece) {
      reader.take(bytes[start..<min(start + piece, bytes.count)])
    }
    return try reader.finish()
  }

  @Test("Wherever it is cut, it tells the same", arguments: 1...30)
  func pieces(piece: Int) throws {
    let found = try read(text, piece: piece)
    #expect(found.map(\.dataset.text) == ["t/a", "t/a/b c"])
    #expect(found.map { $0.snapshots.map(\.name) } == [["one", "two"], ["x y", "one"]])
    #expect(found[0].bookmarks.map(\.guid) == [GUID(1)])
    #expect(found[1].snapshots[1].guid == GUID(.max))
    #expect(found == (try read(text, piece: 10_000)))
  }

  @Test("Names in any order are the names that came, though they are kept once")
  func names() throws {
    var lines = ""
    var wanted: [[String]] = []
    for dataset in 0..<40 {
      let names = (0..<30).map { "s\(($0 * (dataset % 7 + 1) + dataset) % 50)" }
      wanted.append(names)
      for (place, name) in names.enumerated() {
        lines += "t/d\(dataset)@\(name)\t\(dataset * 100 + place)\t\(place + 1)\t9\n"
      }
    }
    #expect(try read(lines, piece: 333).map { $0.snapshots.map(\.name) } == wanted)
  }

  @Test(
    "A line that is none ends it, and is named",
    arguments: [
      "Welcome!", "t/a@x\t1\t2", "t/a@x\t1\t2\t3\t4", "t/a@x\t-1\t2\t3", "t/a@x\t1\t\t3",
      "t/a\t1\t2\t3",
      "t/a@x\t18446744073709551616\t2\t3", "t/a@x\t1\t2\t3x",
    ])
  func garbage(line: String) throws {
    #expect(throws: ListingProblem(line: line)) {
      try read("t/a@one\t1\t10\t100\n\(line)\nt/a@two\t2\t20\t200\n", piece: 7)
    }
  }
}
