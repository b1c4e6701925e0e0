/// What `zfs allow DATASET` prints: who has which rights there, and on what is above it.
public struct Delegation: Hashable, Sendable {
  /// What is allowed on one dataset.
  struct Place: Hashable, Sendable {
    var dataset: String
    /// By their names, with the `@`.
    var sets: [String: Set<String>] = [:]
    var created: Set<String> = []
    /// By who: `user replica`, `group wheel`, `everyone`.
    var here: [String: Set<String>] = [:]
    var below: [String: Set<String>] = [:]
  }
  /// Who is asked about.
  public struct Person: Hashable, Sendable {
    public var userID: Int
    public var user: String
    public var groups: [String]

    public init(userID: Int, user: String, groups: [String]) {
      self.userID = userID
      self.user = user
      self.groups = groups
    }

    /// Reads what `id` prints: `uid=1000(replica) gid=1000(replica) groups=1000(replica),27(sudo)`.
    public init?(id text: String) {
      var values: [Substring: Substring] = [:]
      for word in text.split(whereSeparator: \.isWhitespace) {
        guard let equals = word.firstIndex(of: "=") else { continue }
        values[word[..<equals]] = word[word.index(after: equals)...]
      }
      func name(_ entry: Substring) -> String {
        guard let open = entry.firstIndex(of: "("), entry.last == ")" else { return String(entry) }
        return String(entry[entry.index(after: open)...].dropLast())
      }
      guard let uid = values["uid"], let number = Int(uid.prefix { $0.isNumber }) else {
        return nil
      }
      let groups = (values["groups"] ?? values["gid"])?.split(separator: ",").map(name) ?? []
      self.init(userID: number, user: name(uid), groups: groups)
    }

    /// The names that entries may have for this person. The system is asked for an entry's user by
    /// its number where it has no name for it.
    fileprivate var entries: [String] {
      ["everyone", "user \(user)", "user \(userID)"] + groups.map { "group \($0)" }
    }
  }

  var places: [Place] = []

  private enum Section { case sets, created, here, below, both }

  /// Reads the sections; a line that is none of them is left out.
  public init(_ text: String) {
    var section: Section?
    for line in text.split(separator: "\n") {
      if line.hasPrefix("---- Permissions on ") {
        // The rule behind the name is as long as it likes; names hold no such thing at their end.
        var name = line.dropFirst(20)
        while name.last == "-" { name.removeLast() }
        if name.last == " " { name.removeLast() }
        places.append(Place(dataset: String(name)))
        section = nil
      } else if line.hasPrefix("\t"), let section, !places.isEmpty {
        add(line.dropFirst(), to: section)
      } else {
        section =
          switch line {
          case "Permission sets:": .sets
          case "Create time permissions:": .created
          case "Local permissions:": .here
          case "Descendent permissions:": .below
          case "Local+Descendent permissions:": .both
          default: nil
          }
      }
    }
  }

  private mutating func add(_ line: Substring, to section: Section) {
    let last = places.count - 1
    guard let space = line.lastIndex(of: " ") else {
      if section == .created { places[last].created.formUnion(Self.rights(line)) }
      return
    }
    let who = String(line[..<space])
    let rights = Self.rights(line[line.index(after: space)...])
    if section == .sets { places[last].sets[who, default: []].formUnion(rights) }
    if section == .here || section == .both {
      places[last].here[who, default: []].formUnion(rights)
    }
    if section == .below || section == .both {
      places[last].below[who, default: []].formUnion(rights)
    }
  }

  private static func rights(_ list: Substring) -> Set<String> {
    Set(list.split(separator: ",").map(String.init))
  }

  /// Whether a person has a right on the dataset itself.
  public func allows(_ right: String, to person: Person, on dataset: String) -> Bool {
    places.contains { place in
      let given =
        place.dataset == dataset ? place.here : isAbove(place, dataset) ? place.below : [:]
      return holds(right, given, person)
    }
  }

  /// Whether a person has a right on all that is below the dataset.
  public func allows(_ right: String, to person: Person, below dataset: String) -> Bool {
    places.contains { place in
      (place.dataset == dataset || isAbove(place, dataset)) && holds(right, place.below, person)
    }
  }

  /// Whether whoever makes a dataset below this one gets a right on it.
  public func givesCreator(_ right: String, below dataset: String) -> Bool {
    places.contains { place in
      (place.dataset == dataset || isAbove(place, dataset))
        && expanded(place.created).contains(right)
    }
  }

  private func isAbove(_ place: Place, _ dataset: String) -> Bool {
    dataset.hasPrefix(place.dataset + "/")
  }

  private func holds(_ right: String, _ given: [String: Set<String>], _ person: Person) -> Bool {
    person.entries.contains { given[$0].map { expanded($0).contains(right) } ?? false }
  }

  /// A set counts wherever it is defined in the chain of datasets.
  private func expanded(_ rights: Set<String>) -> Set<String> {
    var all: Set<String> = []
    var open = rights
    while let right = open.popFirst() {
      guard all.insert(right).inserted, right.hasPrefix("@") else { continue }
      for place in places { open.formUnion(place.sets[right] ?? []) }
    }
    return all
  }
}
