import ReplicationFakes
import ReplicationModel
import ReplicationPlanner
import Testing

@testable import ReplicationEngine

/// The doctor's check of rights: on both sides, for what the task does.
@Suite("The doctor's check of rights")
struct DoctorRightsTests {
  static let task: TaskDraft = {
    var task = TaskDraft()
    task.name = "offsite"
    task.transport = .ssh
    task.connection = "vault"
    task.sourceDatasets = ["tank/a"]
    task.targetDataset = "bk/a"
    task.recursive = false
    task.properties = false
    task.alsoIncludeNamingSchema = ["auto-%Y-%m-%d_%H-%M"]
    return task
  }()

  /// The result, where this system is root's and the other one allows these rights.
  func examine(
    _ there: SpokenHost, here: SpokenHost = .allowing("", user: "uid=0(root) gid=0(root)")
  )
    async -> CheckResult?
  {
    let doctor = Doctor(
      inspection: DoctorTests.Inspected(), clock: ManualClock(), keyPath: { $0 },
      host: { connection throws(HostError) in connection == nil ? here : there })
    var connection = Connection()
    (connection.username, connection.host) = ("replica", "vault")
    let results = await doctor.examine(
      CheckQuestion(connection: connection, task: Self.task))
    return results.first { $0.id == .rights }
  }

  static func vault(_ rights: String) -> SpokenHost {
    SpokenHost { command in
      switch (command.tool, command.arguments.first) {
      case ("id", _): SpokenHost.said("uid=7(replica) gid=7(replica)")
      case ("zpool", _): SpokenHost.said("on\n")
      case ("zfs", "allow"):
        SpokenHost.said(
          "---- Permissions on bk ---\nLocal+Descendent permissions:\n\tuser replica \(rights)\n")
      case ("zfs", "list"): SpokenHost.said("bk\tfilesystem\nbk/a\tfilesystem\n")
      default: SpokenHost.said("")
      }
    }
  }

  @Test("All that the task needs is there")
  func all() async {
    let result = await examine(
      Self.vault("create,mount,receive,readonly,userobjused,userused,destroy"))
    #expect(result?.state == .good, "\(result?.detail ?? "")")
  }

  @Test("A right that is not there is named, with its dataset and the side")
  func missing() async {
    let result = await examine(Self.vault("mount,create,readonly,userobjused,userused"))
    #expect(result?.state == .bad)
    #expect(result?.code == "check.rights_missing")
    #expect(result?.subject == "replica@vault")
    #expect(result?.detail == "receive on bk/a")
  }

  @Test("A user of this system needs rights too")
  func here() async {
    let result = await examine(
      Self.vault("create,mount,receive,readonly,userobjused,userused,destroy"),
      here: .allowing("send,hold,bookmark"))
    #expect(result?.state == .bad)
    #expect(result?.subject == "this host")
    #expect(result?.detail == "destroy on tank/a")
  }

  @Test("A host that does not say who one is there leaves a doubt, which blocks nothing")
  func unknown() async {
    let result = await examine(SpokenHost { _ in SpokenHost.refused("no") })
    #expect(result?.state == .doubtful)
  }
}
