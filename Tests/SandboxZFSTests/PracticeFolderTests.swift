import Foundation
import SandboxZFS
import Testing
import ZFSContract

/// What the sandbox promises beyond OpenZFS' behaviour: it is for practice, in a folder, for several
/// processes at once.
@Suite("Practice folder")
struct PracticeFolderTests {
  @Test("Without a folder it says that it is a practice ground, and does nothing")
  func saysWhatItIs() async throws {
    let subject = ProcessSubject(
      program: PracticeFolder.program, environment: ["ZFS_SANDBOX": ""], source: "a", target: "b")
    let result = try await subject.run(["zfs", "list"], input: [])
    #expect(result.status == 2)
    #expect(result.errors.contains("practice sandbox, not OpenZFS"))
    #expect(result.output.isEmpty)
  }

  @Test("Its version can be told from OpenZFS'")
  func version() throws {
    let folder = try PracticeFolder()
    #expect(try folder.run("zfs", "version").contains("-sandbox"))
  }

  @Test("A copy's files are real ones that can be compared with the source's")
  func realFiles() async throws {
    let folder = try PracticeFolder()
    try folder.run("zfs", "create", "source/docs")
    let source = "\(folder.root)/mnt/source/docs"
    try FileManager.default.createDirectory(
      atPath: source + "/below/deep", withIntermediateDirectories: true)
    for (index, name) in ["one", "below/two", "below/deep/three"].enumerated() {
      try Data("text \(index)".utf8).write(to: URL(filePath: "\(source)/\(name)"))
    }
    try folder.run("zfs", "snapshot", "source/docs@1")
    let stream = try await folder.subject.run(["send", "source/docs@1"], input: []).output
    _ = try await folder.subject.run(["receive", "target/docs"], input: stream)
    #expect(
      FileManager.default.contentsEqual(
        atPath: source, andPath: "\(folder.root)/mnt/target/docs"))
  }

  @Test("A volume is one real file")
  func volume() async throws {
    let folder = try PracticeFolder()
    try folder.run("zfs", "create", "-V", "1M", "source/disk")
    let file = "\(folder.root)/dev/source/disk"
    try Data(repeating: 7, count: 1 << 20).write(to: URL(filePath: file))
    try folder.run("zfs", "snapshot", "source/disk@1")
    let stream = try await folder.subject.run(["send", "source/disk@1"], input: []).output
    _ = try await folder.subject.run(["receive", "target/disk"], input: stream)
    #expect(
      FileManager.default.contentsEqual(atPath: file, andPath: "\(folder.root)/dev/target/disk"))
  }

  @Test("Many processes at once lose no change of each other")
  func manyProcesses() throws {
    let folder = try PracticeFolder()
    let processes = (0..<12).map { folder.process(["zfs", "create", "source/d\($0)"]) }
    for process in processes { try process.run() }
    for process in processes { process.waitUntilExit() }
    let names = try folder.run("zfs", "list", "-H", "-r", "-o", "name", "source")
    #expect(names.split(separator: "\n").count == 13)
  }

  @Test("A second receiver on one dataset is told that it is busy")
  func twoReceivers() async throws {
    let folder = try PracticeFolder()
    let receiver = try await SlowReceiver(folder, ["-s"])
    defer { receiver.kill() }
    let result = try await folder.subject.run(
      ["receive", "-s", "target/x"], input: receiver.stream)
    #expect(result.status == 1)
    #expect(result.errors.contains("dataset is busy"))
  }

  @Test("A receiver that is killed leaves a resume token, and the rest completes the copy")
  func killedReceiver() async throws {
    let folder = try PracticeFolder()
    let receiver = try await SlowReceiver(folder, ["-s", "-u"])
    receiver.kill()
    let token = try folder.run(
      "zfs", "get", "-H", "-o", "value", "receive_resume_token", "target/x"
    ).trimmingCharacters(in: .newlines)
    #expect(token.hasPrefix("1-"))
    let rest = try await folder.subject.run(["send", "-t", token], input: []).output
    #expect(rest.count < receiver.stream.count * 2 / 3)
    let result = try await folder.subject.run(["receive", "-s", "-u", "target/x"], input: rest)
    #expect(result.status == 0, "\(result.errors)")
    #expect(
      FileManager.default.contentsEqual(
        atPath: "\(folder.root)/mnt/source", andPath: "\(folder.root)/mnt/target/x"))
  }

  @Test("A receive that was cut before its first byte of data can be gone on with")
  func cutAtTheStart() async throws {
    let subject = MemorySubject()
    await subject.write([UInt8](repeating: 1, count: 1000), to: "file", of: "source")
    _ = await subject.run(["snapshot", "source@1"], input: [])
    let stream = await subject.run(["send", "source@1"], input: []).output
    let start = Array(stream.dropLast(1000 + 4))
    #expect(await subject.run(["receive", "-s", "target/x"], input: start).status == 1)
    let token = await subject.run(
      ["get", "-H", "-o", "value", "receive_resume_token", "target/x"], input: []
    ).text
    let rest = await subject.run(["send", "-t", token], input: []).output
    #expect(await subject.run(["receive", "-s", "target/x"], input: rest).errors == "")
    #expect(await subject.read("file", of: "target/x").count == 1000)
  }

  @Test("A receiver that is killed without -s leaves nothing")
  func killedWithoutSaving() async throws {
    let folder = try PracticeFolder()
    try await SlowReceiver(folder, []).kill()
    let result = try await folder.subject.run(["list", "target/x"], input: [])
    #expect(result.errors == "cannot open 'target/x': dataset does not exist\n")
  }

  @Test("A state that cannot be read is said, and left as it is")
  func brokenState() async throws {
    let folder = try PracticeFolder()
    let state = URL(filePath: folder.root + "/state")
    try Data("sandbox\tnonsense\n".utf8).write(to: state)
    let result = try await folder.subject.run(["list"], input: [])
    #expect(result.status == 1)
    #expect(result.errors.contains("state cannot be read at: sandbox nonsense"))
    #expect(try Data(contentsOf: state) == Data("sandbox\tnonsense\n".utf8))
  }

  @Test("Odd names of files and values of properties survive in the folder")
  func oddNames() async throws {
    let folder = try PracticeFolder()
    let odd = "100%\ttab\nline é"
    try Data("x".utf8).write(to: URL(filePath: "\(folder.root)/mnt/source/\(odd)"))
    try folder.run("zfs", "set", "org.zferry:k=\(odd)", "source")
    try folder.run("zfs", "snapshot", "source@1")
    try folder.run("zfs", "hold", "tag", "source@1")
    try FileManager.default.removeItem(atPath: "\(folder.root)/mnt/source/\(odd)")
    try folder.run("zfs", "rollback", "source@1")
    #expect(FileManager.default.fileExists(atPath: "\(folder.root)/mnt/source/\(odd)"))
    #expect(
      try folder.run("zfs", "get", "-H", "-o", "value", "org.zferry:k", "source") == odd + "\n")
    #expect(try folder.run("zfs", "get", "-H", "-o", "value", "userrefs", "source@1") == "1\n")
  }

  @Test("The practice worlds hold pools that can be replicated", arguments: ["source", "target"])
  func worlds(name: String) throws {
    let folder = try PracticeFolder()
    let process = folder.process(["world", name])
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let pools = try folder.run("zpool", "list", "-H", "-o", "name")
    #expect(pools.contains(name == "source" ? "tank" : "backup"))
  }
}

/// A receiver of `target/x` that has half of a stream, and waits for the rest.
private struct SlowReceiver {
  let stream: [UInt8]
  private let process: Process
  private let input = Pipe()

  init(_ folder: PracticeFolder, _ flags: [String]) async throws {
    try await folder.subject.write(
      [UInt8](repeating: 42, count: 2_000_000), to: "file", of: "source")
    try folder.run("zfs", "snapshot", "source@1")
    stream = try await folder.subject.run(["send", "source@1"], input: []).output
    process = folder.process(["zfs", "receive"] + flags + ["target/x"])
    process.standardInput = input
    try process.run()
    // More than a pipe holds: when it is written, the receiver has most of it.
    try input.fileHandleForWriting.write(contentsOf: stream.prefix(stream.count / 2 + 131_072))
  }

  func kill() {
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }
}
