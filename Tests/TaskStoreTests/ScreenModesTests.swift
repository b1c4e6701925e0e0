import Foundation
import ReplicationEngine
import Testing

@testable import TaskStore

@Suite struct ScreenModesTests {
  private func folders() -> StoreFolders {
    let folder = NSTemporaryDirectory() + "zferry-modes-\(UUID().uuidString)"
    return StoreFolders(config: folder + "/config", state: folder + "/state")
  }

  @Test func `what was chosen is there the next time, for that terminal alone`() throws {
    let folders = folders()
    defer { try? FileManager.default.removeItem(atPath: folders.state) }
    let modes = ScreenModes(folders)
    #expect(modes.isBasic(on: "vt100") == nil)
    try modes.keep(isBasic: false, on: "vt100")
    try modes.keep(isBasic: true, on: "xterm-256color")
    try modes.keep(isBasic: true, on: "vt100")
    let again = ScreenModes(folders)
    #expect(again.isBasic(on: "vt100") == true)
    #expect(again.isBasic(on: "xterm-256color") == true)
    #expect(again.isBasic(on: "xterm") == nil)
    let facts = try FileManager.default.attributesOfItem(atPath: folders.state + "/screens")
    #expect(facts[.posixPermissions] as? Int == 0o600)
  }

  @Test func `what is forgotten is as if nobody had chosen`() throws {
    let folders = folders()
    defer { try? FileManager.default.removeItem(atPath: folders.state) }
    let modes = ScreenModes(folders)
    try modes.keep(isBasic: true, on: "vt100")
    try modes.keep(isBasic: false, on: "linux")
    try modes.keep(isBasic: nil, on: "vt100")
    #expect(modes.isBasic(on: "vt100") == nil && modes.isBasic(on: "linux") == false)
  }

  @Test func `a broken file is as none, and is mended by the next choice`() throws {
    let folders = folders()
    defer { try? FileManager.default.removeItem(atPath: folders.state) }
    try FileManager.default.createDirectory(
      atPath: folders.state, withIntermediateDirectories: true)
    let path = folders.state + "/screens"
    try Data([0xFF, 0x00, 0x1B]).write(to: URL(filePath: path))
    let modes = ScreenModes(folders)
    #expect(modes.isBasic(on: "vt100") == nil)
    try Data("vt100 perhaps\nlinux basic extra\nscreen basic\n".utf8).write(to: URL(filePath: path))
    #expect(modes.isBasic(on: "vt100") == nil && modes.isBasic(on: "linux") == nil)
    #expect(modes.isBasic(on: "screen") == true)
    try modes.keep(isBasic: true, on: "vt100")
    #expect(modes.isBasic(on: "vt100") == true && modes.isBasic(on: "screen") == true)
  }

  @Test func `what is no terminal's name is not written`() throws {
    let folders = folders()
    let modes = ScreenModes(folders)
    for name in ["", "two words", "line\nbreak", String(repeating: "x", count: 65)] {
      try modes.keep(isBasic: true, on: name)
    }
    #expect(!FileManager.default.fileExists(atPath: folders.state + "/screens"))
  }

  @Test func `a folder that cannot be written is told`() {
    let modes = ScreenModes(StoreFolders(config: "/dev/null/c", state: "/dev/null/s"))
    #expect(throws: StoreError.self) { try modes.keep(isBasic: true, on: "vt100") }
  }
}
