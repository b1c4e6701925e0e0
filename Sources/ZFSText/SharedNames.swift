/// Names of snapshots, which come again in the same order with each dataset: one string for all of them.
struct SharedNames: Sendable {
  private var names: [String] = []
  private var bytes: [UInt8] = []
  /// Where each name ends among the bytes.
  private var ends: [Int] = []
  private var places: [UInt64: Int] = [:]
  /// The name that is expected.
  private var next = 0
  /// How many that are not known came one after the other.
  private var strangers = 0
  /// Names that never come again are not worth more memory.
  private static let limit = 20_000

  /// Another dataset begins.
  mutating func restart() { next = 0 }

  /// The string for a name.
  mutating func string(_ text: UnsafeBufferPointer<UInt8>.SubSequence) -> String {
    if isName(next, text) {
      next += 1
      strangers = 0
      return names[next - 1]
    }
    // Where all that can be remembered is, and none of it comes again, most are not looked up either.
    if names.count >= Self.limit, strangers > Self.limit, strangers % 64 != 0 {
      strangers += 1
      return String(decoding: text, as: UTF8.self)
    }
    // FNV-1a; a name is compared before it is taken for the one that was there.
    var hash: UInt64 = 14_695_981_039_346_656_037
    for byte in text { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
    if let place = places[hash], isName(place, text) {
      next = place + 1
      strangers = 0
      return names[place]
    }
    strangers += 1
    let name = String(decoding: text, as: UTF8.self)
    guard names.count < Self.limit, places[hash] == nil else { return name }
    places[hash] = names.count
    names.append(name)
    bytes += text
    ends.append(bytes.count)
    next = names.count
    return name
  }

  private func isName(_ place: Int, _ text: UnsafeBufferPointer<UInt8>.SubSequence) -> Bool {
    guard place < ends.count else { return false }
    let start = place == 0 ? 0 : ends[place - 1]
    guard ends[place] - start == text.count else { return false }
    return bytes.withUnsafeBufferPointer { known in
      var index = start
      for byte in text {
        if known[index] != byte { return false }
        index += 1
      }
      return true
    }
  }
}
