import TerminalCore
import Testing

/// How wide text is, and what of it reaches a terminal.
@Suite struct ScreenTextTests {
  @Test(arguments: [
    ("", 0), ("tank/data", 9), ("é", 1), ("e\u{301}", 1), ("漢字", 4), ("한글", 4), ("ｆｕｌｌ", 8),
    ("│─┌", 3), ("…", 1), ("😀", 2), ("ñandú", 5), ("Ω", 1), ("a漢b", 4), ("ｶﾅ", 2), ("→", 1),
  ])
  func `width is counted in columns`(text: String, columns: Int) {
    #expect(ScreenText.columns(of: text) == columns)
  }

  @Test func `a control has no width, so that none can be drawn`() {
    for value in Array(0..<0x20) + Array(0x7F..<0xA0) {
      guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
      #expect(ScreenText.columns(of: Character(scalar)) == 0)
    }
  }

  @Test(arguments: [
    ("tank/data", "tank/data"), ("a\u{1b}[31mb", "a\\u{1b}[31mb"), ("a\nb", "a\\nb"),
    ("a\tb", "a\\tb"), ("\u{7}", "\\u{7}"), ("\u{9b}2J", "\\u{9b}2J"),
    ("user\u{202e}txt", "user\\u{202e}txt"), ("a\u{200b}b", "a\\u{200b}b"),
    ("\u{301}x", "\\u{301}x"), ("e\u{301}", "e\u{301}"), ("\r\n", "\\u{d}\\n"),
    ("\u{fe0f}", ""), ("\u{ad}", "\\u{ad}"), ("\u{e001}", "\\u{e001}"),
  ])
  func `what could steer a terminal is spelled out`(text: String, shown: String) {
    #expect(ScreenText.printable(text) == shown)
    #expect(ScreenText.printable(shown) == shown, "and stays so")
  }

  @Test func `every scalar is printed as something of a known width`() {
    for value in UInt32(0)...0x2FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let shown = ScreenText.printable("a" + String(Character(scalar)))
      for scalar in shown.unicodeScalars {
        let isSafe =
          scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value)
          && !(0x200B...0x200F).contains(scalar.value)
          && !(0x2028...0x202E).contains(scalar.value)
        if !isSafe {
          Issue.record("U+\(String(value, radix: 16)) is drawn as it is")
          return
        }
      }
    }
  }

  @Test func `a tower of marks is cut down to a few`() {
    let tower = "e" + String(repeating: "\u{301}", count: 100)
    #expect(ScreenText.printable(tower).unicodeScalars.count <= 4)
  }

  @Test(arguments: [
    ("tank/data", 9, "tank/data"), ("tank/data", 8, "tan…data"), ("tank/data", 1, "t"),
    ("tank/data", 0, ""), ("漢字漢字", 5, "漢…字"),
  ])
  func `a name is shortened in its middle`(text: String, width: Int, short: String) {
    let result = ScreenText.shortened(text, to: width, ellipsis: "…")
    #expect(result == short)
    #expect(ScreenText.columns(of: result) <= width)
  }

  @Test func `a sentence is clipped at its end`() {
    #expect(ScreenText.clipped("What is copied", to: 8, ellipsis: "...") == "What ...")
    #expect(ScreenText.clipped("What", to: 4, ellipsis: "...") == "What")
    #expect(ScreenText.clipped("What", to: 2, ellipsis: "...") == "Wh")
    #expect(ScreenText.clipped("What", to: -1, ellipsis: "...") == "")
  }

  @Test func `wrapping loses no word and passes no edge`() {
    let text = "Compare it with what the host itself says: ssh-keygen -lf /etc/ssh/ssh_host_key.pub"
    for width in 1...90 {
      let lines = ScreenText.wrapped(text, to: width)
      #expect(lines.allSatisfy { ScreenText.columns(of: $0) <= width && !$0.isEmpty })
      let joined = lines.joined().filter { $0 != " " }
      #expect(joined == text.filter { $0 != " " })
    }
    #expect(ScreenText.wrapped("", to: 10) == [""])
    #expect(ScreenText.wrapped("one two", to: 0).count == 6)
    #expect(ScreenText.wrapped("漢字漢字", to: 5) == ["漢字", "漢字"])
  }
}
