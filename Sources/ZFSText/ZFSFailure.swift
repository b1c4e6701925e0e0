/// What a failed `zfs` command was about, read from its words (engine.md 3.13, 4.4).
///
/// The raw value is the code that reports and the message catalogue use.
public enum ZFSFailure: String, CaseIterable, Sendable {
  case datasetMissing = "zfs.dataset_missing"
  case datasetExists = "zfs.dataset_exists"
  case permissionDenied = "zfs.permission_denied"
  case outOfSpace = "zfs.out_of_space"
  case quotaExceeded = "zfs.quota_exceeded"
  case busy = "zfs.busy"
  case destinationModified = "zfs.destination_modified"
  case noMatchingBase = "zfs.no_matching_base"
  case destinationHasSnapshots = "zfs.destination_has_snapshots"
  case incompleteStream = "zfs.incomplete_stream"
  case partiallyReceived = "zfs.partially_received"
  case tokenInvalid = "zfs.token_invalid"
  case interrupted = "zfs.interrupted"
  case streamUnreadable = "zfs.stream_unreadable"
  case keyNotLoaded = "zfs.key_not_loaded"
  case keyAlreadyLoaded = "zfs.key_already_loaded"
  case keyIncorrect = "zfs.key_incorrect"
  case featureMissing = "zfs.feature_missing"
  case invalidOption = "zfs.invalid_option"
  case inputOutput = "zfs.io_error"
  case poolUnavailable = "zfs.pool_unavailable"
  case sudoPassword = "sudo"
  case commandMissing = "zfs.missing"
  case moduleMissing = "zfs.module_missing"
  case other = "zfs.failed"

  /// In the order they are looked for: a special text before one that it contains.
  private static let signs: [(String, ZFSFailure)] = [
    ("sudo: ", .sudoPassword),
    ("a password is required", .sudoPassword),
    ("The ZFS modules", .moduleMissing),
    ("/dev/zfs", .moduleMissing),
    ("contains partially-complete state", .partiallyReceived),
    ("used in the initial send no longer exists", .tokenInvalid),
    ("resume token is corrupt", .tokenInvalid),
    ("cannot resume send", .tokenInvalid),
    ("destination has snapshots", .destinationHasSnapshots),
    ("has been modified", .destinationModified),
    ("does not match incremental source", .noMatchingBase),
    ("not an earlier snapshot from the same fs", .noMatchingBase),
    ("incremental source", .noMatchingBase),
    ("checksum mismatch or incomplete stream", .incompleteStream),
    ("incomplete stream", .incompleteStream),
    ("failed to read from stream", .streamUnreadable),
    ("invalid stream", .streamUnreadable),
    ("signal received", .interrupted),
    ("out of space", .outOfSpace),
    ("No space left", .outOfSpace),
    ("quota", .quotaExceeded),
    ("encryption key not loaded", .keyNotLoaded),
    ("key must be loaded", .keyNotLoaded),
    ("Key already loaded", .keyAlreadyLoaded),
    ("Incorrect key provided", .keyIncorrect),
    ("must be upgraded to receive", .featureMissing),
    ("feature", .featureMissing),
    ("invalid option", .invalidOption),
    ("permission denied", .permissionDenied),
    ("Permission denied", .permissionDenied),
    ("Insufficient privileges", .permissionDenied),
    ("dataset is busy", .busy),
    ("it's being held", .busy),
    ("is busy", .busy),
    ("already exists", .datasetExists),
    ("bookmark exists", .datasetExists),
    ("does not exist", .datasetMissing),
    ("no such pool", .datasetMissing),
    ("not found", .commandMissing),
    ("No such file or directory", .commandMissing),
    ("pool or dataset is busy", .busy),
    ("I/O error", .inputOutput),
    ("Input/output error", .inputOutput),
    ("pool I/O is currently suspended", .poolUnavailable),
  ]

  /// Reads what a command wrote to standard error.
  public init(_ errors: String) {
    let words = Self.unquoted(errors)
    self = Self.signs.first { words[...].range(of: $0.0) != nil }?.1 ?? .other
  }

  /// The text without the names that `zfs` puts in quotes: a dataset may be called `quota`.
  private static func unquoted(_ text: String) -> String {
    let lines = text.split(separator: "\n").compactMap { line -> String? in
      // A host that does not know its own name: sudo says so each time, and does its work.
      guard !line.hasPrefix("sudo: unable to resolve host") else { return nil }
      let parts = line.split(separator: "'", omittingEmptySubsequences: false)
      // An odd quote stands in a name, or opens none.
      guard parts.count % 2 == 1 else { return String(line) }
      return parts.indices.filter { $0 % 2 == 0 }.map { parts[$0] }.joined(separator: "''")
    }
    return lines.joined(separator: "\n")
  }

  /// Whether another attempt may help without anyone doing anything (engine.md 9.3, 15; B22).
  public var isTransient: Bool {
    switch self {
    case .busy, .incompleteStream, .partiallyReceived, .interrupted, .streamUnreadable,
      .datasetMissing, .tokenInvalid, .destinationHasSnapshots:
      true
    default: false
    }
  }

  /// The roots that a listing said do not exist: `cannot open 'x': dataset does not exist`.
  public static func missingDatasets(_ errors: String) -> Set<String> {
    var missing: Set<String> = []
    for line in errors.split(separator: "\n") where line.hasPrefix("cannot open '") {
      let rest = line.dropFirst("cannot open '".count)
      for end in ["': dataset does not exist", "': no such pool"] where rest.hasSuffix(end) {
        missing.insert(String(rest.dropLast(end.count)))
      }
    }
    return missing
  }
}
