import FormKit
import ReplicationModel
import TerminalCore

@testable import ZferryApp

/// States of the advanced screen, and of the questions on the way to it and back.
enum AdvancedGallery {
  /// A stored task with something in every section.
  static var offsite: TaskDraft {
    var task = TaskDraft()
    task.name = "offsite"
    task.connection = "vault"
    task.sourceDatasets = ["tank/data", "tank/home"]
    task.targetDataset = "vault/site-a"
    task.recursive = true
    task.exclude = ["tank/data/scratch", "tank/home/*/cache"]
    task.periodicSnapshotTasks = ["data-hourly"]
    task.propertiesOverride = ["canmount": "noauto", "atime": "off"]
    task.retentionPolicy = .custom
    task.lifetimeValue = 3
    task.lifetimeUnit = .month
    task.retries = 9
    return task
  }

  static var hourly: SnapshotTask {
    var task = SnapshotTask()
    task.name = "data-hourly"
    task.dataset = "tank"
    task.recursive = true
    task.exclude = ["tank/data/scratch", "tank/home/*/cache"]
    task.schedule = .hourly
    return task
  }

  static var world: FakeWorld {
    var world = FakeWorld()
    var other = SnapshotTask()
    other.name = "mail-daily"
    other.dataset = "mail"
    other.enabled = false
    world.library = Library(
      tasks: [offsite], snapshotTasks: [other, hourly], connections: [vault])
    return world
  }

  static var vault: Connection {
    var connection = Connection()
    connection.name = "vault"
    connection.host = "203.0.113.9"
    connection.key = "vault"
    return connection
  }

  /// A local copy, all answered, at its review.
  static func atReview() -> Session {
    var session = Session()
    session.change {
      $0.sourceLocation = .local
      $0.destinationLocation = .local
    }
    session.change {
      $0.sources = ["tank/data"]
      $0.destination = "backup/data"
    }
    session.play(session.state.enter(.review))
    return session
  }

  static func editing() -> Session {
    var session = Session(world: world)
    session.state.openAdvanced(editing: "offsite")
    return session
  }

  static var states: [(name: String, state: AppState)] {
    var all: [(String, AppState)] = []
    func add(_ name: String, _ session: Session) { all.append((name, session.state)) }

    var session = Session(world: world)
    session.state.openAdvanced(editing: nil)
    add("advanced-empty", session)
    session.push("advanced.save")
    add("advanced-missing", session)
    session = editing()
    add("advanced", session)
    for section in AdvancedSection.allCases {
      session = editing()
      session.push(FieldSpec.section(section).id)
      add("advanced-\(section.rawValue)", session)
    }
    session.tab(to: "section.snapshots")
    session.press(.right)
    session.push("advanced.periodic_snapshot_tasks")
    add("advanced-snapshot-tasks", session)
    session.press(.escape)
    session.choose("section.general", 1)
    session.state.advanced.form.base.transport = .local
    session.state.refresh()
    add("advanced-left-out", session)
    session = editing()
    session.push("advanced.plan")
    add("advanced-plan", session)
    return all + leaving
  }

  private static var leaving: [(String, AppState)] {
    var all: [(String, AppState)] = []
    var session = atReview()
    session.push("advanced")
    all.append(("leave-to-advanced", session.state))
    session.push("question.take")
    all.append(("advanced-taken-along", session.state))
    session.state.advanced.form.texts[.exclude] = "tank/data/scratch"
    session.state.advanced.form.base.recursive = true
    session.state.advanced.form.base.readonly = .require
    session.state.refresh()
    session.push("advanced.wizard")
    all.append(("leave-to-wizard", session.state))
    session.press(.escape, .escape)
    all.append(("leave-advanced", session.state))
    session.push("question.keep")
    session.push("tasks.new")
    all.append(("draft-offer", session.state))
    session = atReview()
    session.play(session.state.enter(.source))
    session.press(.escape)
    all.append(("leave-wizard", session.state))
    return all
  }
}
