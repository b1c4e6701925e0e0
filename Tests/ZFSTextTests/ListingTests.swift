import ReplicationModel
import Testing
import ZFSText

@Suite("Listings")
struct ListingTests {
  func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test("Two commands list a side, whatever the number of its datasets")
  func commands() {
    let roots = ["tank/a b", "tank/c"].map(DatasetName.init(trusted:))
    #expect(
      Listing.datasets(roots, recursive: true).arguments.suffix(3)
        == [
          "name,type,guid,readonly,receive_resume_token,encryption,encryptionroot,written,referenced,used,available,origin,"
            + "keystatus,keylocation",
          "tank/a b", "tank/c",
        ])
    #expect(
      Listing.snapshots(roots, recursive: false).arguments
        == [
          "list", "-Hp", "-d", "1", "-t", "snapshot,bookmark", "-o", "name,guid,createtxg,creation",
          "tank/a b", "tank/c",
        ])
  }

  @Test("Datasets, with what OpenZFS prints for nothing")
  func datasets() throws {
    let text = """
      tank/a\tfilesystem\t123\toff\t-\toff\t-\t0\t98304\t200000\t5000\t-\t-\tnone
      tank/a/v v\tvolume\t18446744073709551615\ton\t1-abc\taes-256-gcm\ttank/a\t7\t8\t9\t10\ttank/x@y\tunavailable\tfile:///key
      tank/a/w\tvolume\t5\toff\tnone\t-\t-\t-\t-\t-\t-\t-\t-\t-

      """
    let states = try ListingText.datasets(bytes(text))
    #expect(states.map(\.name.text) == ["tank/a", "tank/a/v v", "tank/a/w"])
    #expect(states[0].resumeToken == nil)
    #expect(states[1].kind == .volume)
    #expect(states[1].guid == GUID(.max))
    #expect(states[1].isReadonly)
    #expect(states[1].readonlyIsLocal)
    #expect(states[1].isEncrypted)
    #expect(states[1].encryptionRoot == "tank/a")
    #expect(states[1].origin == "tank/x@y")
    #expect(!states[1].isKeyLoaded && states[1].keyLocation == "file:///key")
    #expect(states[0].isKeyLoaded && states[0].keyLocation == nil)
    #expect(states[2].written == 0)
  }

  @Test("Snapshots and bookmarks find their datasets, in the order they were made")
  func snapshots() throws {
    let states = [DatasetState(name: DatasetName(trusted: "t/a b"), guid: GUID(1))]
    let text =
      "t/a b@two\t2\t20\t200\nt/a b@one\t1\t10\t100\nt/a b#one\t1\t10\t100\nt/other@x\t9\t9\t9\n"
    let inventory = try ListingText.add(snapshots: bytes(text), to: states)
    let state = try #require(inventory[DatasetName(trusted: "t/a b")])
    #expect(state.snapshots.map(\.name) == ["one", "two"])
    #expect(state.bookmarks.map(\.guid) == [GUID(1)])
  }

  @Test("Rows of several roots may come in any order, with empty lines between them")
  func mixedRows() throws {
    let states = ["t/a", "t/b"].map { DatasetState(name: DatasetName(trusted: $0), guid: GUID(1)) }
    let text =
      "\nt/a@1\t1\t1\t1\nt/b@1\t1\t1\t1\n\nt/a#2\t3\t2\t2\nt/a@2\t2\t2\t2\n@x\t1\t1\t1\nt/b@0\t9\t0\t0"
    let inventory = try ListingText.add(snapshots: bytes(text), to: states)
    let (a, b) = (inventory[states[0].name], inventory[states[1].name])
    #expect(a?.snapshots.map(\.name) == ["1", "2"])
    #expect(a?.bookmarks.map(\.guid) == [GUID(3)])
    #expect(b?.snapshots.map(\.name) == ["0", "1"])
    #expect(b?.bookmarks.isEmpty == true)
  }

  @Test(
    "A line that is not understood stops the listing",
    arguments: [
      "x", "a@b\t1\t2", "a@b\tx\t1\t1", "ab\t1\t1\t1", "a@b\t1\t1\t99999999999999999999999",
    ])
  func strange(line: String) {
    #expect(throws: ListingProblem.self) { try ListingText.snapshots(bytes(line)) }
    #expect(throws: ListingProblem.self) { try ListingText.datasets(bytes(line)) }
  }

  @Test("Roots that do not exist are told from other troubles")
  func missing() {
    let errors = """
      cannot open 'bk/a b': dataset does not exist
      cannot open 'nopool': no such pool
      cannot open 'secret': permission denied
      """
    #expect(ZFSFailure.missingDatasets(errors) == ["bk/a b", "nopool"])
    // Found by libFuzzer: one quote is both the first and the last.
    #expect(ZFSFailure.missingDatasets("cannot open ': dataset does not exist") == [])
  }
}

@Suite("What zfs says")
struct ZFSTextTests {
  @Test("A resume token, decoded")
  func token() throws {
    let text = """
      resume token contents:
      nvlist version: 0
      \tobject = 0x2
      \toffset = 0x20000
      \tbytes = 0x3fa38
      \ttoguid = 0xe54a6b1d5b4a4f1e
      \ttoname = tank/data@auto-2026-01-01_00-00
      \tcompressok = 1
      full send of tank/data@auto-2026-01-01_00-00 estimated size is 1.91M
      """
    let facts = try #require(ResumeFacts(text))
    #expect(facts.toGUID == GUID(0xe54a_6b1d_5b4a_4f1e))
    #expect(facts.toName == "tank/data@auto-2026-01-01_00-00")
    #expect(facts.fromGUID == nil)
    #expect(facts.bytes == 0x3fa38)
    #expect(ResumeFacts("nothing") == nil)
  }

  @Test("The estimate of a stream")
  func estimate() {
    #expect(EstimateText.bytes("incremental\ta@1\ta@2\t624\nsize\t1248\n") == 1_248)
    #expect(EstimateText.bytes("") == nil)
  }

  @Test(
    "Failures by what they are about, and whether another try may help",
    arguments: [
      ("cannot receive: failed to read from stream", ZFSFailure.streamUnreadable, true),
      (
        "cannot receive incremental stream: checksum mismatch or incomplete stream.",
        .incompleteStream, true
      ),
      ("cannot receive new filesystem stream: out of space", .outOfSpace, false),
      (
        "cannot receive incremental stream: destination bk/a has been modified\nsince most recent snapshot",
        .destinationModified, false
      ),
      (
        "cannot receive incremental stream: most recent snapshot of bk/a does not\nmatch incremental source",
        .noMatchingBase, false
      ),
      (
        "cannot receive: destination bk/a contains partially-complete state from \"zfs receive -s\".",
        .partiallyReceived, true
      ),
      ("cannot create 'bk/a': permission denied", .permissionDenied, false),
      ("cannot destroy 'bk/a': dataset is busy", .busy, true),
      (
        "cannot destroy snapshot bk/a@1: it's being held. Run 'zfs holds -r bk/a@1' to see holders.",
        .busy, true
      ),
      ("warning: cannot send 'tank/a@s': signal received", .interrupted, true),
      ("sudo: a password is required", .sudoPassword, false),
      (
        "sudo: unable to resolve host lab: Name or service not known\ncannot open 'tank': no such pool",
        .datasetMissing, true
      ),
      ("sh: 1: zfs: not found", .commandMissing, false),
      ("cannot open 'x': dataset does not exist", .datasetMissing, true),
      ("cannot create bookmark 'tank/a#m': bookmark exists", .datasetExists, false),
      ("cannot open 'tank/quota': dataset does not exist", .datasetMissing, true),
      ("cannot open 'tank/features/sudo: x': dataset is busy", .busy, true),
      ("cannot open 'tank/it's': permission denied", .permissionDenied, false),
      (
        "cannot resume send: 'tank/a@s' used in the initial send no longer exists", .tokenInvalid,
        true
      ),
      ("The ZFS modules cannot be auto-loaded.", .moduleMissing, false),
      ("something new", .other, false),
    ])
  func failures(text: String, failure: ZFSFailure, isTransient: Bool) {
    #expect(ZFSFailure(text) == failure)
    #expect(ZFSFailure(text).isTransient == isTransient)
  }
}
