import Foundation
import FoundationXML
import Testing

/// The pictures that README and the documents show: `Resources/pictures/make` takes them.
@Suite struct PictureTests {
  static let texts = ["README.md", "Sources/zferry/zferry.docc/Screens.md"]

  static func pictures() throws -> [String] {
    try FileManager.default.contentsOfDirectory(
      atPath: SourceTree.root.appending(path: "Resources/pictures").path
    ).filter { $0.hasSuffix(".svg") }.sorted()
  }

  @Test func `every picture that is named is there, and each that is there is named`() throws {
    var named: Set<String> = []
    for text in Self.texts {
      for match in try SourceTree.text(text).matches(of: /Resources\/pictures\/([a-z]+\.svg)/) {
        named.insert(String(match.output.1))
      }
    }
    #expect(named.count >= 3)
    #expect(try Self.pictures() == named.sorted())
  }

  @Test func `a picture is whole, small, and holds nothing that could steer a terminal`() throws {
    for name in try Self.pictures() {
      let text = try SourceTree.text("Resources/pictures/\(name)")
      #expect(text.utf8.count < 30_000, "\(name)")
      #expect(XMLParser(data: Data(text.utf8)).parse(), "\(name) is not well-formed")
      #expect(
        text.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control },
        "\(name)")
      #expect(
        !text.contains("<script") && !text.contains("href"), "\(name) fetches or runs something")
    }
  }
}
