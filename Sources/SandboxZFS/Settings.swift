/// `set`, `inherit`: properties are given and taken back.
extension SandboxMachine {
  func set(_ words: [String]) throws {
    let line = try CommandLine(words, "u")
    let count = line.operands.prefix { $0.contains("=") }.count
    guard count > 0 || line.operands.isEmpty else { throw SandboxProblem.missing(line.operands[0]) }
    guard count > 0 else { throw SandboxProblem.usage("missing property=value argument") }
    let names = line.operands.dropFirst(count)
    guard !names.isEmpty else { throw SandboxProblem.usage("missing dataset name(s)") }
    for name in names {
      for assignment in line.operands.prefix(count) {
        let equals = assignment.firstIndex(of: "=") ?? assignment.endIndex
        try set(
          String(assignment[..<equals]), String(assignment[equals...].dropFirst()),
          of: WholeName(name))
      }
    }
  }

  private func set(_ property: String, _ value: String, of whole: WholeName) throws {
    if whole.kind == .snapshot {
      _ = try snapshot(whole)
      guard property.contains(":") else {
        throw SandboxProblem.refused(
          "cannot set property for '\(whole.dataset)@\(whole.part)': "
            + "this property can not be modified for snapshots")
      }
      change(whole) { $0.properties[property] = value }
      return
    }
    let dataset = try dataset(whole.dataset)
    try checkProperty(property, value, of: whole.dataset, isVolume: dataset.isVolume, verb: "set")
    let number = Self.number(value, of: property)
    if property == "quota", let quota = UInt64(number), quota > 0, quota < used(whole.dataset) {
      throw SandboxProblem.refused(
        "cannot set property for '\(whole.dataset)': "
          + "size is less than current used or reserved space")
    }
    state.datasets[whole.dataset]?.properties[property] = number
  }

  func inherit(_ words: [String]) throws {
    let line = try CommandLine(words, "rS")
    guard let property = line.operands.first, line.operands.count > 1 else {
      throw SandboxProblem.usage("missing dataset argument")
    }
    guard isKnown(property) else { throw SandboxProblem.usage("invalid property '\(property)'") }
    guard !Self.told.contains(property) else {
      throw SandboxProblem.failure("\(property) property is read-only")
    }
    guard Self.ownOnly[property] == nil || property == "canmount" || line.has("S") else {
      throw SandboxProblem.failure(
        "'\(property)' property cannot be inherited\nuse 'zfs set \(property)=none' to clear\n"
          + "use 'zfs inherit -S \(property)' to revert to received value")
    }
    for operand in line.operands.dropFirst() {
      let whole = WholeName(operand)
      if whole.kind == .snapshot {
        _ = try snapshot(whole)
        change(whole) { $0.properties[property] = nil }
        continue
      }
      _ = try dataset(operand)
      for name in line.has("r") ? tree(operand) : [operand] {
        state.datasets[name]?.properties[property] = nil
        if line.has("S") {
          state.datasets[name]?.inherited.remove(property)
        } else if state.datasets[name]?.received[property] != nil {
          state.datasets[name]?.inherited.insert(property)
        }
      }
    }
  }
}
