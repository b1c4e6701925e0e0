internal import ReplicationModel
internal import ReplicationPlanner

/// Measures link and packers with the first MiBs of a stream, which are then sent once more.
///
/// The packers are tried on this system. Where the other one sends, it is taken to be as fast.
struct PackerTrials {
  let here: any HostPort
  let there: any HostPort
  let pump: any PumpPort
  let clock: any ClockPort
  let speed: SpeedDial
  /// Whether the stream comes from here.
  let isPush: Bool

  /// As much of a stream as tells what it is like, and what a link does once it has got going.
  static let most = 8 << 20
  /// Seconds that a slow link is given for it.
  static let patience = 3.0

  /// What was found, and what follows from it.
  struct Verdict {
    var packer: Packer?
    /// Bytes a second.
    var link: Double
    var trials: [PackerTrial]

    /// For the log.
    var text: String {
      let found = trials.map {
        "\($0.packer.text) \(Amount.rate($0.rate)) into \(Int((100 / $0.ratio).rounded())) %"
      }
      return "link \(Amount.rate(link)); " + found.joined(separator: ", ")
    }
  }

  /// Nil where the stream or the link could not be measured.
  func verdict(on send: Command) async -> Verdict? {
    guard let (sample, arrival) = await sample(of: send), sample.count > 64 << 10 else {
      return nil
    }
    guard var link = isPush ? await carry(sample) : arrival else { return nil }
    if let limit = speed.limit { link = min(link, Double(limit.bytesPerSecond)) }
    var trials: [PackerTrial] = []
    var missing: Set<Packer.Program> = []
    for packer in PackerCandidates.all where !missing.contains(packer.program) {
      guard let trial = await pack(sample, packer) else {
        missing.insert(packer.program)
        continue
      }
      if !trials.contains(where: { $0.packer.program == packer.program }) {
        guard await isThere(packer.program) else {
          missing.insert(packer.program)
          continue
        }
      }
      trials.append(trial)
      if !PackerChoice.goesOn(link: link, after: trial) { break }
    }
    return Verdict(
      packer: PackerChoice.best(link: link, trials: trials), link: link, trials: trials)
  }

  /// The first of the stream, and how fast it came.
  private func sample(of send: Command) async -> (bytes: [UInt8], rate: Double?)? {
    guard let stream = try? await (isPush ? here : there).startSending(send) else { return nil }
    let taken = await pump.take(from: stream.handle, most: Self.most, seconds: Self.patience)
    await stream.terminate()
    _ = try? await stream.finish()
    return (taken.bytes, Self.rate(taken.bytes.count, taken.seconds))
  }

  /// How fast the link takes it to a reader that throws it away.
  private func carry(_ sample: [UInt8]) async -> Double? {
    guard let stream = try? await there.startReceiving(Self.sink) else { return nil }
    let begin = clock.uptime()
    let given = await pump.give(sample, to: stream.handle, seconds: Self.patience)
    guard let result = try? await stream.finish(), result.succeeded else { return nil }
    return Self.rate(given, clock.uptime() - begin)
  }

  /// A packer at work on the sample; nil where it is not there.
  private func pack(_ sample: [UInt8], _ packer: Packer) async -> PackerTrial? {
    var command = Self.sink
    command.filter = packer.packing
    command.filter?.place = .before
    guard let stream = try? await here.startReceiving(command) else { return nil }
    let begin = clock.uptime()
    let given = await pump.give(sample, to: stream.handle, seconds: Self.patience)
    guard let result = try? await stream.finish(), result.succeeded, let out = stream.unpacked,
      out > 0, let rate = Self.rate(given, clock.uptime() - begin)
    else { return nil }
    return PackerTrial(packer: packer, rate: rate, ratio: Double(given) / Double(out))
  }

  private func isThere(_ program: Packer.Program) async -> Bool {
    (try? await there.run(program.proof))?.succeeded ?? false
  }

  /// Reads all, and prints one number.
  static let sink = Command("wc", ["-c"])

  private static func rate(_ bytes: Int, _ seconds: Double) -> Double? {
    bytes > 0 && seconds > 0 ? Double(bytes) / seconds : nil
  }
}
