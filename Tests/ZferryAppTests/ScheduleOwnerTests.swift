import FormKit
import ReplicationModel
import TerminalCore
import Testing

@testable import AppGallery
@testable import ZferryApp

/// The schedule editor, from each form that has a schedule.
@Suite struct ScheduleOwnerTests {
  @Test func `a snapshot task gets what was put together`() {
    var session = Session.managed()
    session.push("tasks.snapshots")
    session.open(row: 0)
    session.push("snap.schedule")
    #expect(session.state.scheduleEdit.schedule == .daily)
    session.tab(to: "schedule.hour")
    session.press(.ctrl("u"))
    session.type("3")
    session.push("schedule.done")
    #expect(session.state.route == .snapshotTaskForm)
    session.push("snap.save")
    #expect(
      session.world.library.snapshotTasks.last?.schedule == Schedule(minute: "0", hour: "3"))
  }

  @Test func `Esc leaves the schedule as it was`() {
    var session = Session.managed()
    session.push("tasks.snapshots")
    session.open(row: 0)
    session.push("snap.schedule")
    session.choose("schedule.preset", 1)
    session.press(.escape)
    #expect(!session.state.editHasChanges)
  }

  @Test func `both schedules of the advanced screen are edited, each for itself`() {
    for field in [TaskField.schedule, .restrictSchedule] {
      // An option that is not carried out yet can be changed where a file has it.
      var session = Session.managed { $0.library.tasks[2].restrictSchedule = .hourly }
      session.state.openAdvanced(editing: "www")
      for section in AdvancedSection.allCases {
        session.state.advanced.openSections.insert(section)
      }
      session.choose(FieldSpec.advancedID(field), 3)
      let before = session.state.advanced.form
      session.push(FocusID("advanced.\(field.rawValue).editor"))
      #expect(session.state.route == .schedule, "\(field)")
      session.tab(to: "schedule.minute")
      session.press(.ctrl("u"))
      session.type("30")
      session.tab(to: "schedule.begin")
      session.press(.ctrl("u"))
      session.type("00:10")
      session.push("schedule.done")
      let form = session.state.advanced.form
      let edited = Schedule(minute: "30", hour: "0", begin: "00:10", end: "23:59")
      #expect(form.schedule.schedule == (field == .schedule ? edited : before.schedule.schedule))
      #expect(
        form.restriction.schedule
          == (field == .restrictSchedule ? edited : before.restriction.schedule))
      #expect(session.words.contains("00:30"), "\(field)")
    }
  }

  @Test func `who quits from the editor is asked about the form below it`() {
    var session = Session.managed()
    session.push("tasks.snapshots")
    session.open(row: 0)
    session.tab(to: "snap.lifetime_value")
    session.press(.ctrl("u"))
    session.type("9")
    session.push("snap.schedule")
    session.press(.ctrl("c"))
    #expect(session.state.question == .quit)
    #expect(!session.effects.contains { $0.name == "quit" })
  }
}
