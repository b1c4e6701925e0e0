import TerminalCore
import FormKit
import ReplicationModel
import Testing

@testable import AppGallery
@testable import ZferryApp

/// What holds for every screen.
@Suite struct GalleryTests {
  static let screens = Gallery.states.map { ($0.name, screen($0.state)) }

  @Test func `every route is in the gallery`() {
    let routes = Set(Gallery.states.map(\.state.route.id))
    for step in WizardStep.allCases { #expect(routes.contains("wizard.\(step.rawValue)")) }
    for id in [
      "tasks", "browser", "connections", "pairing", "commands", "run", "help", "task",
      "ssh-connections", "connection.edit", "keys", "key", "snapshot-tasks", "snapshot-task.edit",
      "history", "log", "entry", "settings", "glossary", "advanced", "advanced-plan",
      "choose-snapshot-tasks", "retention", "retention-snapshots", "previous-tasks", "before",
      "rights",
    ] {
      #expect(routes.contains(id), "\(id)")
    }
  }

  @Test func `each has a title, a purpose of one sentence, a footer and a focus`() {
    for (name, screen) in Self.screens {
      #expect(!screen.id.isEmpty && !screen.title.isEmpty, "\(name)")
      #expect(screen.purpose.hasSuffix("."), "\(name)")
      #expect(screen.purpose.count <= 100, "\(name)")
      #expect((4...6).contains(screen.footer.count), "\(name)")
      #expect(screen.focusOrder.contains(screen.focus), "\(name)")
    }
  }

  @Test func `what can have the focus has an id of its own`() {
    for (name, screen) in Self.screens {
      #expect(Set(screen.focusOrder).count == screen.focusOrder.count, "\(name)")
    }
  }

  @Test func `a dangerous button is never the first, and a question begins on the safe one`() {
    for (name, screen) in Self.screens {
      #expect(screen.actions.first?.danger != true, "\(name)")
      if let dialog = screen.dialog {
        #expect(dialog.actions.first?.danger == false)
        #expect(screen.focus == dialog.actions.first?.id, "\(name)")
      }
    }
  }

  @Test func `no screen shows a rule's number, a secret, or what could steer a terminal`() {
    for (name, screen) in Self.screens {
      let words = screen.words
      #expect(words.firstMatch(of: /\b[MRDN][0-9]{1,2}\b/) == nil, "\(name)")
      #expect(!words.contains("\"secret\""), "\(name)")
      #expect(
        !words.unicodeScalars.contains {
          ($0.value < 0x20 && $0 != "\n") || (0x7F...0x9F).contains($0.value)
        }, "\(name)")
    }
  }

  @Test func `no word of ZFS' inside stands there without being explained`() {
    let explained = ["commands", "help", "conflict", "glossary"]
    for (name, screen) in Self.screens where !explained.contains(screen.id) {
      let words = screen.words.lowercased()
      for jargon in ["guid", "resume token", "raw send", "createtxg"] {
        #expect(!words.contains(jargon), "\(name): \(jargon)")
      }
    }
  }

  @Test func `status lines and labels fit a line of eighty`() {
    for (name, screen) in Self.screens {
      for case .field(let field) in screen.blocks {
        #expect(field.label.count <= 60, "\(name): \(field.label)")
      }
      for action in screen.actions { #expect(action.title.count <= 24, "\(name)") }
      let rows = FrameRenderer.rows(of: screen.actions, columns: 60)
      // All that can be done with a task is on its page, and the list of tasks leads everywhere.
      let most = ["task", "tasks"].contains(screen.id) ? 3 : 2
      #expect(rows <= most, "\(name): the buttons fit \(most) rows of sixty")
    }
  }

  @Test func `a resize changes nothing but what is drawn`() {
    for (name, state) in Gallery.states {
      var resized = state
      _ = update(&resized, .resized(.init(columns: 60, rows: 20)))
      _ = update(&resized, .resized(state.size))
      #expect(resized == state, "\(name)")
    }
  }
}
