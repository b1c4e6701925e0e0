internal import ArgumentParser
internal import ReplicationEngine
internal import ReplicationModel
internal import SSHTransport
internal import TaskStore

/// `zferry connection …`: how hosts are reached.
struct ConnectionCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "connection", abstract: "Sets up, tests and lists SSH connections.",
    discussion: """
      EXAMPLE
        zferry connection add vault --host 203.0.113.9 --user replica --generate
      """,
    subcommands: [
      ConnectionList.self, ConnectionShow.self, ConnectionAdd.self, ConnectionScan.self,
      ConnectionTest.self, ConnectionDelete.self,
    ])
}

struct ConnectionList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the connections.",
    discussion: "EXAMPLE\n  zferry connection list")
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    try await reporting {
      let store = Workplace(global).store
      for name in try store.connectionNames() {
        do throws(StoreError) {
          let connection = try store.connection(name)
          Report.line("\(name)  \(connection.username)@\(connection.host):\(connection.port)")
        } catch {
          Report.line("\(name)  cannot be read: \(error.detail)")
          Report.findings(error.findings)
        }
      }
    }
  }
}

struct ConnectionShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Prints a connection.",
    discussion: "EXAMPLE\n  zferry connection show vault")
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The connection's name.") var name: String

  func run() async throws {
    try await reporting {
      let connection = try Workplace(global).store.connection(name)
      Report.line("host: \(connection.host)")
      Report.line("port: \(connection.port)")
      Report.line("username: \(connection.username)")
      Report.line("key: \(connection.key)")
      for line in connection.hostKey { Report.line("host_key: \(line)") }
      Report.line("connect_timeout: \(connection.connectTimeout)")
      Report.line("sudo: \(connection.sudo)")
    }
  }
}

struct ConnectionScan: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan", abstract: "Shows a host's keys and their fingerprints; logs in nowhere.",
    discussion: "EXAMPLE\n  zferry connection scan 203.0.113.9 --port 22")
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The host's name or address.") var host: String
  @Option(help: "The port of its sshd.") var port = 22
  @Option(help: "Seconds to wait for it.") var timeout = 10

  func run() async throws {
    try await reporting {
      for key in try await SSHPairing().scan(host: host, port: port, timeout: timeout) {
        Report.line("\(key.fingerprint)  \(key.line)\(HostReport.standing(of: key))")
      }
    }
  }
}

struct ConnectionTest: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Logs in and says what is there.",
    discussion: "EXAMPLE\n  zferry connection test vault")
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The connection's name.") var name: String

  func run() async throws {
    try await reporting {
      let place = Workplace(global)
      let store = place.store
      let connection = try store.connection(name)
      let facts = try await SSHPairing(ring: place.ring).prove(
        connection, keyPath: store.privateKeyPath(connection.key))
      HostReport.show(facts, of: connection)
      if facts.zfsPath == nil {
        throw HostError(.zfsMissing, subject: "\(connection.host):\(connection.port)")
      }
      if facts.sudoWorks == false {
        throw HostError(.sudo, subject: "\(connection.host):\(connection.port)")
      }
    }
  }
}

struct ConnectionDelete: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Deletes a connection that no task uses.",
    discussion: "EXAMPLE\n  zferry connection delete vault")
  @OptionGroup var global: GlobalOptions
  @Argument(help: "The connection's name.") var name: String

  func run() async throws {
    try await reporting {
      try global.requireChanging("connection delete")
      try Workplace(global).store.deleteUnusedConnection(name)
    }
  }
}

/// What a host told, for people.
enum HostReport {
  /// What known_hosts says of a key, as the end of its line.
  static func standing(of key: HostKey) -> String {
    switch key.standing {
    case .unknown: ""
    case .same: "  (the same as in known_hosts)"
    case .other: "  (ANOTHER ONE THAN IN known_hosts)"
    }
  }

  static func show(_ facts: HostFacts, of connection: Connection) {
    Report.line(
      "Logged in to \(connection.host) as \(facts.user) (uid \(facts.userID)), \(facts.system).")
    if let path = facts.zfsPath {
      Report.line("zfs is \(path)\(facts.zfsVersion.map { ", \($0)" } ?? "").")
    }
    if let works = facts.sudoWorks {
      Report.line("sudo -n zfs \(works ? "works" : "asks for a password").")
    }
    if abs(facts.clockSkew) > 60 {
      Report.line("[!] Its clock differs from this one by \(facts.clockSkew) s.")
    }
  }
}
