import FormKit
import TerminalCore
import Testing

@testable import AppGallery
@testable import ZferryApp

@Suite struct KeyTests {
  @Test func `no key means two things in one context`() {
    for context in KeyContext.allCases {
      let keys = KeyMap.bindings.filter { $0.context == context }.flatMap(\.keys)
      #expect(keys.count == Set(keys).count, "\(context)")
    }
  }

  @Test func `flow control keys stay free`() {
    let keys = KeyMap.bindings.flatMap(\.keys)
    #expect(!keys.contains(.ctrl("s")) && !keys.contains(.ctrl("q")))
  }

  @Test func `everything can be done without function keys and arrows`() {
    let poor: (Key) -> Bool = { key in
      switch key {
      case .character, .enter, .escape, .tab, .space, .ctrl: true
      default: false
      }
    }
    let commands: Set<KeyCommand> = [
      .next, .up, .down, .left, .right, .first, .last, .activate, .toggle, .back, .help, .quit,
      .redraw, .filter, .pageUp, .pageDown, .eraseForward, .clear,
    ]
    for command in commands {
      let keys = KeyMap.bindings.filter { $0.command == command }.flatMap(\.keys)
      #expect(keys.contains(where: poor), "\(command)")
    }
  }

  @Test func `the footer shows six keys at most, and each of them works`() {
    let contexts: [[KeyContext]] = [
      [.text], [.choice, .control], [.tree, .list, .control], [.list, .control], [.control],
    ]
    for context in contexts {
      let footer = KeyMap.footer(in: context)
      #expect(footer.count <= 6 && footer.count >= 4)
      for hint in footer {
        let binding = KeyMap.bindings.first { $0.names == hint.key && $0.short == hint.does }
        #expect(binding?.keys.allSatisfy { KeyMap.command(for: $0, in: context) != nil } == true)
      }
    }
  }

  @Test func `a question mark is text where text is typed`() {
    var session = Session()
    session.state.wizard.choices.sourceLocation = .remote
    _ = session.state.enter(.source, at: "naming_schema")
    session.press(.character("?"))
    #expect(session.state.wizard.choices.namingSchema.hasSuffix("?"))
    session.press(.function(1))
    #expect(session.screen.id == "help")
  }

  @Test func `quitting asks where something was entered, and the default stays`() {
    var session = Session()
    session.press(.function(10))
    #expect(session.effects.last == .quit(""))
    session = Session()
    session.choose("source_location", 1)
    session.press(.ctrl("c"))
    #expect(session.screen.dialog?.title == "Quit?")
    #expect(session.state.focus == "question.stay")
    session.press(.enter)
    #expect(session.screen.dialog == nil)
    #expect(session.state.wizard.choices.sourceLocation == .local)
    session.press(.ctrl("c"), .ctrl("c"))
    guard case .quit(let farewell)? = session.effects.last else {
      Issue.record("the second Ctrl-C leaves now")
      return
    }
    #expect(farewell.contains("kept as a draft"))
  }

  @Test func `leaving a wizard that was begun asks first`() {
    var session = Session()
    session.press(.escape)
    #expect(session.screen.id == "tasks", "nothing was entered")
    session.push("tasks.new")
    session.choose("source_location", 1)
    session.press(.escape)
    #expect(session.screen.dialog?.title == "Leave the wizard?")
    session.press(.escape)
    #expect(session.screen.id == "wizard.source")
    session.press(.escape)
    session.push("question.go")
    #expect(session.screen.id == "tasks")
    #expect(session.state.wizard == Wizard())
  }

  @Test func `Ctrl-L draws everything again`() {
    var session = Session()
    session.press(.ctrl("l"))
    #expect(session.effects.last == .redraw)
  }
}
