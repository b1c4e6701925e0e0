/// A large part of a value that lies apart from it: a copy of the whole shares it, until one of the
/// two is changed.
///
/// The app's state is copied at every key and by every key path that reads a field of it; with its
/// parts in one piece such a copy costs several thousand bytes and hundreds of counts.
@propertyWrapper
struct Apart<Value: Hashable & Sendable>: Hashable, Sendable {
  private var box: Box

  init(wrappedValue: Value) { box = Box(wrappedValue) }

  var wrappedValue: Value {
    _read { yield box.value }
    _modify {
      if !isKnownUniquelyReferenced(&box) { box = Box(box.value) }
      yield &box.value
    }
  }

  static func == (a: Self, b: Self) -> Bool { a.box === b.box || a.box.value == b.box.value }

  func hash(into hasher: inout Hasher) { hasher.combine(box.value) }

  /// Changed only while one value holds it: what `wrappedValue` makes sure of, and why it may be sent.
  private final class Box: @unchecked Sendable {
    var value: Value
    init(_ value: Value) { self.value = value }
  }
}
