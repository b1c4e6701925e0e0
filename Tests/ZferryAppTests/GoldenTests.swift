import FormKit
import TerminalCore
import TerminalTestKit
import Testing

@testable import AppGallery
@testable import ZferryApp

/// Every screen as it is drawn. `RECORD_GOLDENS=1` writes the files anew; read the difference.
@Suite struct GoldenTests {
  static let states = Gallery.states

  /// The gallery at another size: what depends on it (windows of rows, wrapped help) is made for it.
  func frame(
    _ state: AppState, columns: Int, rows: Int, capabilities: Capabilities = .rich
  ) -> Frame {
    var state = state
    state.capabilities = capabilities
    _ = update(&state, .resized(Size(columns: columns, rows: rows)))
    return FrameRenderer.frame(
      of: screen(state), size: state.size, capabilities: state.capabilities)
  }

  @Test func `every screen at 80x24`() {
    for (name, state) in Self.states {
      Golden.expect(frame(state, columns: 80, rows: 24), "\(name).80x24")
    }
  }

  @Test func `every screen at 60x20`() {
    for (name, state) in Self.states {
      Golden.expect(frame(state, columns: 60, rows: 20), "\(name).60x20")
    }
  }

  @Test func `every screen in ASCII on a slow line`() {
    for (name, state) in Self.states {
      let frame = frame(state, columns: 80, rows: 24, capabilities: .slowASCII)
      #expect(frame.text.utf8.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) }, "\(name)")
      Golden.expect(frame, "\(name).slow")
    }
  }
}

extension Capabilities {
  static let rich = Capabilities(colour: true, unicode: true, slow: false)
  static let slowASCII = Capabilities(colour: false, unicode: false, slow: true)
}

/// What holds for every drawn screen, wherever the focus is.
@Suite struct DrawnScreenTests {
  @Test(arguments: [Size(columns: 80, rows: 24), Size(columns: 60, rows: 20)])
  func `whatever can have the focus is seen when it has it`(size: Size) {
    for (name, state) in Gallery.states {
      var state = state
      _ = update(&state, .resized(size))
      for id in screen(state).focusOrder {
        state.setFocus(id)
        let view = screen(state)
        let frame = FrameRenderer.frame(of: view, size: size, capabilities: .rich)
        let line = frame.line(frame.cursor.row)
        #expect(
          line.prefix(frame.cursor.column).contains(">"), "\(name), \(id.text): \(line)")
        for action in view.dialog?.actions ?? view.actions {
          #expect(frame.text.contains(" \(action.title) "), "\(name), \(id.text)")
        }
      }
    }
  }

  @Test func `a first paint stays within what a line of 9600 baud can carry`() {
    for (name, state) in Gallery.states {
      let frame = FrameRenderer.frame(
        of: screen(state), size: Size(columns: 80, rows: 24), capabilities: .slowASCII)
      let letters = frame.text.filter { $0 != " " && $0 != "\n" }.count
      #expect(letters < 1100, "\(name): \(letters) letters leave no room for moves")
    }
  }
}
