public import ReplicationEngine
public import ReplicationModel

extension ForeignTasks {
  /// Reads what another program left. `known` are the snapshot tasks that are stored: one that does the
  /// same is used.
  ///
  /// Throws `.invalid` where nothing of it has the form at all.
  public static func read(_ wish: ForeignWish, known: [SnapshotTask]) throws(StoreError)
    -> ForeignTasks
  {
    let text = wish.texts.joined(separator: "\n")
    guard let form = wish.form ?? form(of: text) else {
      throw StoreError(
        .invalid, subject: "import",
        findings: [
          Finding(
            "file", code: "import.form",
            "Nobody can tell whose settings these are. Name the program (--from).")
        ])
    }
    do {
      switch form {
      case .truenas: return try TrueNASReader(known: known).read(text)
      case .zettarepl: return try ZettareplReader().read(text)
      case .syncoid: return SyncoidReader.read(text)
      case .sanoid: return SanoidReader.read(wish.texts)
      case .zrepl: return try ZreplReader.read(wish.texts, target: wish.target)
      case .autobackup: return AutobackupReader.read(text)
      }
    } catch {
      throw StoreError(
        .invalid, subject: form.rawValue, detail: error.words,
        findings: [
          Finding(
            "file", code: "import.unreadable",
            "The text is not what \(form.rawValue) writes (\(error.words)). Check it, or name its form with --from."
          )
        ])
    }
  }

  /// What zferry has nothing like is left out with a warning; all else that is wrong is an error.
  mutating func note(_ found: [Finding]) {
    findings += found.map { finding in
      finding.code == "file.unknown_key" ? .leftOut(finding.field) : finding
    }
  }

  /// The other program goes on with its work until somebody ends that.
  mutating func tellToStop(_ program: String, _ how: String) {
    guard !tasks.isEmpty || !snapshotTasks.isEmpty else { return }
    findings.append(
      Finding(
        "file", .warning, code: "import.both",
        "\(program) goes on beside zferry, and both would let go of the same snapshots. \(how)"))
  }
}

extension Finding {
  /// Something that is not carried over, with the reason.
  static func leftOut(
    _ field: String, _ why: String = "zferry has nothing like it. See whether you need it."
  ) -> Finding {
    Finding(field, .warning, code: "import.left_out", "`\(field)` is left out: \(why)")
  }

  /// Something that is carried over in another way than it was.
  static func changed(_ field: String, _ how: String) -> Finding {
    Finding(field, .warning, code: "import.changed", how)
  }

  /// Something without which there is no task.
  static func missing(_ field: String, _ what: String) -> Finding {
    Finding(field, code: "import.missing", what)
  }
}
