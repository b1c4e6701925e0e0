internal import ArgumentParser
internal import Foundation
internal import ReplicationEngine
internal import ReplicationModel
internal import SSHTransport
internal import TaskStore

/// `zferry key …`: the SSH key pairs, and the keys of encrypted copies.
struct KeyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key", abstract: "The SSH key pairs, and the keys of encrypted copies.",
    discussion: "EXAMPLE\n  zferry key public vault",
    subcommands: [
      KeyList.self, KeyGenerate.self, KeyImport.self, KeyPublic.self, KeyDelete.self,
      KeyExport.self,
    ])
}

struct KeyList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists the key pairs: name, type, fingerprint, and the connections that use them.",
    discussion: "EXAMPLE\n  zferry key list")
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    try await reporting {
      let store = Workplace(global).store
      let connections = try store.connections()
      for name in try store.keyNames() {
        let line = try store.publicKey(name)
        let users = connections.filter { $0.key == name }.map(\.name)
        Report.line(
          [
            name, String(line.prefix { $0 != " " }),
            SSHPairing().fingerprint(ofKey: line) ?? "unreadable",
            users.isEmpty ? "not used" : "used by \(users.joined(separator: ", "))",
          ].joined(separator: "  "))
      }
    }
  }
}

struct KeyGenerate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate", abstract: "Makes an ed25519 key pair and prints its public key.",
    discussion: "EXAMPLE\n  zferry key generate vault")
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The new pair's name.") var name: String

  func run() async throws {
    try await reporting {
      try global.requireChanging("key generate")
      let store = Workplace(global).store
      let pair = try await SSHPairing().makeKey(comment: "zferry \(name)")
      try store.saveKey(name, privateKey: pair.privateKey, publicKey: pair.publicKey)
      Report.line(pair.publicKey)
    }
  }
}

struct KeyImport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Takes in a key that was made elsewhere, and prints its public half.",
    discussion: """
      The private key may be in OpenSSH's format or PEM. One with a passphrase stays locked: zferry \
      asks when it is used, or leaves it to an ssh-agent. A file with a public key alone stands for \
      a key that only an ssh-agent has.

      EXAMPLE
        zferry key import vault ~/.ssh/id_ed25519
      """)
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The new pair's name.") var name: String
  @Argument(help: "The file with the private key, or with the public one of an ssh-agent's.")
  var file: String

  func run() async throws {
    try await reporting {
      try global.requireChanging("key import")
      let store = Workplace(global).store
      let text = Secret(try store.readText(at: file))
      let pairing = SSHPairing()
      let line = String(text.revealed.split(whereSeparator: \.isNewline).first ?? "")
      if pairing.fingerprint(ofKey: line) != nil {
        try store.saveKey(name, privateKey: nil, publicKey: line)
        Report.line(line)
        return
      }
      let pair = try await pairing.readKey(text, comment: "zferry \(name)")
      try store.saveKey(name, privateKey: pair.privateKey, publicKey: pair.publicKey)
      Report.line(pair.publicKey)
    }
  }
}

struct KeyPublic: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "public", abstract: "Prints a public key: the line for authorized_keys.",
    discussion: "EXAMPLE\n  zferry key public vault >> authorized_keys")
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The pair's name.") var name: String

  func run() async throws {
    try await reporting { Report.line(try Workplace(global).store.publicKey(name)) }
  }
}

struct KeyDelete: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Deletes a key pair that no connection uses.",
    discussion: "EXAMPLE\n  zferry key delete vault")
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The pair's name.") var name: String

  func run() async throws {
    try await reporting {
      try global.requireChanging("key delete")
      try Workplace(global).store.deleteUnusedKey(name)
    }
  }
}
