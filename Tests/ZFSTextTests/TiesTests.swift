import ReplicationModel
import Testing
import ZFSText

@Suite struct TiesTests {
  func read(_ text: String) throws -> [TiedSnapshot] { try TiesText.snapshots(Array(text.utf8)) }

  @Test func `holds, clones and bytes are read, oldest first`() throws {
    let ties = try read(
      "bk/a b@late\t2\t20\t200\t1\t4096\tbk/w,bk/w 2\nbk/a b@early\t1\t10\t100\t0\t0\t-\n")
    #expect(ties.map(\.snapshot.name) == ["early", "late"])
    #expect(ties.map(\.holds) == [0, 1])
    #expect(ties.map(\.clones) == [[], ["bk/w", "bk/w 2"]])
    #expect(ties.map(\.written) == [0, 4_096])
  }

  @Test(
    "What cannot be read is no zero, and no name stands for several",
    arguments: [
      "bk/a@s\t1\t1\t1\t-\t0\t-", "bk/a@s\t1\t1\t1\t0\t-\t-", "bk/a@s\tx\t1\t1\t0\t0\t-",
      "bk/a@s\t1\t1\t1\t0\t0", "bk/a\t1\t1\t1\t0\t0\t-", "bk/a@s,t\t1\t1\t1\t0\t0\t-",
      "bk/a@s%t\t1\t1\t1\t0\t0\t-",
    ])
  func unreadable(line: String) {
    #expect(throws: ListingProblem.self) { try read(line) }
  }
}
